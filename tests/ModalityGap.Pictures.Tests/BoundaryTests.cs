using ModalityGap.Testing;

namespace ModalityGap.Pictures.Tests;

public sealed class BoundaryTests
{
    [Fact]
    public void Sources_OutsidePicturesAndTheLaboratory_KnowNoSkia()
    {
        string sources = Path.Combine(SharedFolder.RepositoryRoot, "src");
        string[] files = [.. Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];
        string[] knowing = [.. files.Where(file => File.ReadAllText(file).Contains("using SkiaSharp", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(sources, file).Split(Path.DirectorySeparatorChar)[0]).Distinct().Order()];

        Assert.True(files.Length > 100, "The scan found hardly any files: it looks in the wrong place.");
        Assert.Equal(["ModalityGap.Lab", "ModalityGap.Pictures"], knowing);
    }
}
