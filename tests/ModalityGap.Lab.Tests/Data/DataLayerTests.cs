using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Data;

public sealed class DataLayerTests
{
    // So that the data can be looked at without 200 MB of libtorch, and that no registry but the user's own is asked.
    [Fact]
    public void Data_UsesNoTensorsAndNamesNoHost()
    {
        string folder = Path.Combine(SharedFolder.RepositoryRoot, "src", "ModalityGap.Lab", "Data");
        string[] files = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories);
        Assert.True(files.Length > 20, "The scan found hardly any files: it looks in the wrong place.");
        string[] forbidden = ["TorchSharp", "ModalityGap.Lab.Native", "ModalityGap.Lab.Models", "ModalityGap.Lab.Training", "http:", "https:"];

        Assert.Empty(
            from file in files
            let text = File.ReadAllText(file)
            from word in forbidden
            where text.Contains(word, StringComparison.Ordinal)
            select $"{Path.GetFileName(file)} has {word}");
    }
}
