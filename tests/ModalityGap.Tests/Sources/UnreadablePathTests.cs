using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Tests.Sources;

public sealed class UnreadablePathTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_MissingFile_SuggestsACloseName()
    {
        folder.Write("image_embeddings.npy", "x");
        folder.Write("other.npy", "x");
        Refusal.Of(Path.Combine(folder.Path, "imgae_embeddings.npy"), "no such file", $"Did you mean {Path.Combine(folder.Path, "image_embeddings.npy")}?");
        EmbeddingDataException refused = Refusal.Of(Path.Combine(folder.Path, "quite-another-name.npy"), "no such file", "Check the name");
        Assert.DoesNotContain("Did you mean", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFolder_SaysSo() =>
        Refusal.Of(Path.Combine(folder.Path, "nowhere", "x.npy"), $"no folder {Path.Combine(folder.Path, "nowhere")}.", "Check the path");

    [Fact]
    public void Read_Folder_ListsWhatIsInside()
    {
        Refusal.Of(folder.Path, "a folder", "holds none");
        folder.Write("b.npy", "x");
        folder.Write("a.npz", "x");
        folder.Write("readme.txt", "x");
        Refusal.Of(folder.Path, "a folder", $"such as {Path.Combine(folder.Path, "a.npz")}. It holds: a.npz, b.npy.");
    }

    [Fact]
    public void Read_EmptyFile_IsRefused() => Refusal.Of(folder.Write("x.npy", ""), "empty (0 bytes)", "export finished");

    [Fact]
    public void Read_DeviceWithoutEnd_IsRefused()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero here");
        Refusal.Of("/dev/zero", "empty", "pipe");
    }

    [Fact]
    public void Read_NoPath_IsTheCallersMistake() => Assert.Throws<ArgumentException>(() => Reading.All(""));

    [Fact]
    public void Read_WithoutPermission_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "permissions are set otherwise on Windows");
        string path = folder.Write("secret.npy", SourceBytes.Npy("<f4", "(1, 1)", new byte[4]));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.SkipWhen(CanOpen(path), "this user may read every file (root): nothing can be forbidden");
        Refusal.Of(path, "no permission", "owner");
    }

    [Fact]
    public void Read_FileThatShrinks_SaysSo()
    {
        string path = folder.Write("x.npy", SourceBytes.Npy("<f4", "(100, 100)", SourceBytes.Counting(10_000)));
        using SourceFile file = SourceFile.Open(path);
        StoredArray array = NpyHeader.Read(file, null, new FileRegion(file, 0, file.Length));
        using (FileStream writer = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            writer.SetLength(5000);
        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(
            () => ArrayReader.Read(file, array, TestContext.Current.CancellationToken));
        Assert.Contains("became shorter while it was read", refused.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LargeFileThatShrinks_SaysSoFromEveryThread()
    {
        string path = folder.Write("x.npy", SourceBytes.Npy("<f4", "(4000, 500)", new byte[8_000_000]));
        using SourceFile file = SourceFile.Open(path);
        StoredArray array = NpyHeader.Read(file, null, new FileRegion(file, 0, file.Length));
        using (FileStream writer = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            writer.SetLength(100);
        Assert.Throws<EmbeddingDataException>(() => ArrayReader.Read(file, array, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        string path = folder.Write("x.npy", SourceBytes.Npy("<f4", "(4000, 500)", new byte[8_000_000]));
        Assert.ThrowsAny<OperationCanceledException>(() => EmbeddingFile.Read(path, null, new CancellationToken(true)));
        Assert.ThrowsAny<OperationCanceledException>(
            () => EmbeddingFile.Read(path, new ReadOptions { Fingerprint = false }, new CancellationToken(true)));
    }

    private static bool CanOpen(string path)
    {
        try
        {
            using FileStream open = File.OpenRead(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
