using System.Globalization;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Conversion;

/// <summary>One file to write.</summary>
internal sealed record PlannedFile(string Path, IReadOnlyList<EmbeddingSet> Sets);

/// <summary>Which modalities go into which file, and what is lost on the way.</summary>
internal sealed class ConversionPlan
{
    /// <summary>Stands for the modality's name in an output's name.</summary>
    public const string Placeholder = "{modality}";

    private readonly IEmbeddingWriter writer;
    private readonly WrittenType type;

    private ConversionPlan(IReadOnlyList<PlannedFile> files, IEmbeddingWriter writer, WrittenType type, IReadOnlyList<string> notes)
    {
        Files = files;
        this.writer = writer;
        this.type = type;
        Notes = notes;
    }

    public IReadOnlyList<PlannedFile> Files { get; }

    /// <summary>What the files do not hold of what was read.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The format that an output's name asks for.</summary>
    /// <exception cref="UsageException">It names none that can be written.</exception>
    public static IEmbeddingWriter WriterFor(string path, EmbeddingFormats formats)
    {
        if (formats.ByExtension(path) is IEmbeddingWriter writer)
            return writer;
        IEnumerable<string> known = formats.All.OfType<IEmbeddingWriter>().SelectMany(format => format.Extensions);
        string extension = Path.GetExtension(path);
        throw new UsageException(
            $"--out {path}: {(extension.Length == 0 ? "its name has no ending that says the format" : $"'{extension}' is no format that can be written")}. "
            + $"Endings: {string.Join(", ", known)}.");
    }

    /// <exception cref="OutputException">The format cannot hold the modalities in one file.</exception>
    public static ConversionPlan For(IReadOnlyList<EmbeddingSet> sets, string path, IEmbeddingWriter writer, WrittenType? wanted)
    {
        IReadOnlyList<PlannedFile> files = path.Contains(Placeholder, StringComparison.Ordinal)
            ? [.. sets.Select(set => new PlannedFile(path.Replace(Placeholder, FileSafe(set.Modality.Name), StringComparison.Ordinal), [set]))]
            : [new PlannedFile(path, sets)];
        if (files.GroupBy(file => Path.GetFullPath(file.Path)).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new OutputException($"{same.First().Path}: two modalities would be written to it. Give them different names with --modalities.");
        foreach (PlannedFile file in files)
        {
            if (writer.Obstacle(file.Sets) is { } obstacle)
                throw new OutputException(
                    $"{file.Path}: {obstacle}. Write npz or safetensors, or one file per modality: --out {Split(path)}.");
        }
        WrittenType type = wanted ?? (sets.All(set => set.Provenance.ElementType == "float16") ? WrittenType.Float16 : WrittenType.Float32);
        return new ConversionPlan(files, writer, type, [.. NotesOn(sets, files, writer, type)]);
    }

    /// <summary>Writes every file, each whole or not at all.</summary>
    public void Run(IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        for (int i = 0; i < Files.Count; i++)
        {
            PlannedFile file = Files[i];
            int place = i;
            var share = new Share(part => progress?.Report(
                new AnalysisProgress($"writing {Path.GetFileName(file.Path)}", 0.5 + (0.5 * (place + part) / Files.Count))));
            using var output = OutputFile.Open(file.Path);
            var options = new WriteOptions { Type = type, Progress = progress is null ? null : share };
            output.Write(stream => writer.Write(stream, file.Sets, options, cancellation));
        }
    }

    private static IEnumerable<string> NotesOn(
        IReadOnlyList<EmbeddingSet> sets, IReadOnlyList<PlannedFile> files, IEmbeddingWriter writer, WrittenType type)
    {
        if (!writer.HoldsIds && sets.Any(set => set.Ids is not null))
            yield return $"{writer.Name} holds no ids: the rows keep their order, but pair by row from now on.";
        if (!writer.HoldsLabels && sets.Any(set => set.Labels is not null))
            yield return $"{writer.Name} holds no labels: they are left out.";
        if (!writer.HoldsLabels && sets.Any(set => set.Captions is not null))
            yield return $"{writer.Name} holds no captions: they are left out.";
        if (writer.Name == "npy" && files[0].Sets.Count > 1)
            yield return $"npy holds no names: name the modalities again with --modalities {string.Join(',', sets.Select(set => set.Modality.Name))}.";
        if (sets.FirstOrDefault(set => set.Provenance.ElementType == "float64") is { } wide)
            yield return $"{wide.Provenance.Source} holds float64; its rows are read as float32, the nearest values.";
        if (type == WrittenType.Float16 && sets.Any(set => set.Provenance.ElementType != "float16"))
            yield return "float16 keeps eleven bits of each value: rows are rounded.";
    }

    private static string Split(string path) => Path.Combine(
        Path.GetDirectoryName(path) ?? "",
        string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(path)}-{Placeholder}{Path.GetExtension(path)}"));

    /// <summary>A modality's name comes from a file and may hold anything, also a path.</summary>
    private static string FileSafe(string name) =>
        string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-'));

    private sealed class Share(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
