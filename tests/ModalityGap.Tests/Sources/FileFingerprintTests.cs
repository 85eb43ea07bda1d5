using System.Security.Cryptography;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Tests.Sources;

public sealed class FileFingerprintTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_SmallFile_IsDigestedWhole()
    {
        byte[] content = SourceBytes.Npy("<f4", "(500, 300)", SourceBytes.Counting(150_000));
        string path = folder.Write("x.npy", content);
        Fingerprint fingerprint = Reading.One(path).Provenance.Fingerprint;
        Assert.Equal(new Fingerprint("sha256", Convert.ToHexStringLower(SHA256.HashData(content))), fingerprint);
        Assert.Equal(Fingerprint.None, Reading.One(path, new ReadOptions { Fingerprint = false }).Provenance.Fingerprint);
    }

    [Fact]
    public void Read_FileOf256Megabytes_IsDigestedInBlocks()
    {
        const int Block = 16 << 20;
        string path = folder.Write("x.npy", []);
        using (FileStream stream = File.OpenWrite(path))
            stream.SetLength(FileFingerprint.LongestWhole);
        using SourceFile file = SourceFile.Open(path);
        Fingerprint fingerprint = FileFingerprint.Of(file, TestContext.Current.CancellationToken);
        byte[] whole = SHA256.HashData(new byte[Block]);
        byte[] last = SHA256.HashData(new byte[FileFingerprint.LongestWhole % Block]);
        byte[] digests = [.. Enumerable.Repeat(whole, (int)(FileFingerprint.LongestWhole / Block)).SelectMany(digest => digest), .. last];
        Assert.Equal(new Fingerprint("sha256-of-16MiB-blocks", Convert.ToHexStringLower(SHA256.HashData(digests))), fingerprint);
    }
}
