using System.Text.RegularExpressions;
using ModalityGap.Testing;

namespace ModalityGap.Tests;

/// <summary>Holds the folders of the core to their layers: a file may use only what its layer may use.</summary>
public sealed partial class LayerTests
{
    private static readonly string[] UpToMeasures = ["Measures", "Embeddings", "Statistics", "Numerics"];

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Numerics"] = [],
        ["Statistics"] = ["Numerics"],
        ["Embeddings"] = ["Numerics"],
        ["Sources"] = ["Embeddings"],
        ["Measures"] = ["Embeddings", "Statistics", "Numerics"],
        ["Projections"] = ["Embeddings", "Statistics", "Numerics"],
        ["Explanations"] = UpToMeasures,
        ["Corrections"] = ["Embeddings", "Statistics", "Numerics"],
        ["Evaluation"] = UpToMeasures,
        ["Deployment"] = ["Corrections", "Sources", "Embeddings", "Numerics"],
        ["Selection"] = [.. UpToMeasures, "Corrections", "Evaluation"],
        ["Comparisons"] = [.. UpToMeasures, "Selection"],
        ["Accumulation"] = [.. UpToMeasures, "Sources", "Explanations"],
        ["Generation"] = ["Sources", "Embeddings", "Statistics", "Numerics"],
    };

    [Fact]
    public void Core_EveryFile_UsesOnlyWhatItsLayerMayUse()
    {
        string core = Path.Combine(SharedFolder.RepositoryRoot, "src", "ModalityGap");
        List<string> breaches = [];
        int files = 0;
        foreach (string file in Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories))
        {
            string[] parts = Path.GetRelativePath(core, file).Split(Path.DirectorySeparatorChar);
            if (parts.Length == 1 || parts[0] is "bin" or "obj")
                continue;
            files++;
            Assert.True(MayUse.TryGetValue(parts[0], out string[]? allowed), $"{parts[0]} has no layer: add it to ARCHITECTURE.md and here.");
            string text = File.ReadAllText(file);
            if (!text.Contains($"namespace ModalityGap.{parts[0]};", StringComparison.Ordinal))
                breaches.Add($"{string.Join('/', parts)} is not in namespace ModalityGap.{parts[0]}");
            breaches.AddRange(Uses().Matches(text)
                .Select(match => match.Groups["folder"].Value)
                .Where(folder => folder != parts[0] && !allowed.Contains(folder))
                .Select(folder => $"{string.Join('/', parts)} uses {folder}"));
        }
        Assert.True(files > 10, "The scan found hardly any files: it looks in the wrong place.");
        Assert.Empty(breaches);
    }

    [Fact]
    public void Formats_UseOfTheCoreOnlySourcesAndEmbeddings()
    {
        string formats = Path.Combine(SharedFolder.RepositoryRoot, "src", "ModalityGap.Formats");
        string[] files = [.. Directory.EnumerateFiles(formats, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];
        Assert.True(files.Length > 10, "The scan found hardly any files: it looks in the wrong place.");
        Assert.Empty(files.SelectMany(file => Uses().Matches(File.ReadAllText(file))
            .Select(match => match.Groups["folder"].Value)
            .Where(folder => folder is not ("Sources" or "Embeddings"))
            .Select(folder => $"{Path.GetFileName(file)} uses {folder}")));
    }

    [GeneratedRegex(@"^(?!\s*///).*?\b(?:using |ModalityGap\.)(?:static )?(?:ModalityGap\.)?(?<folder>Numerics|Statistics|Embeddings|Sources|Measures|Projections|Explanations|Corrections|Evaluation|Deployment|Selection|Comparisons|Accumulation|Generation)\b", RegexOptions.Multiline)]
    private static partial Regex Uses();
}
