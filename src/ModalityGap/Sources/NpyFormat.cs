using System.Globalization;
using System.Text;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>NumPy's format: one array, which may be a stack of modalities.</summary>
internal sealed class NpyFormat : ArrayFileFormat, IEmbeddingWriter
{
    /// <summary>The data begins at a multiple of this, as NumPy has it.</summary>
    private const int Alignment = 64;

    public override string Name => "npy";

    public override IReadOnlyList<string> Extensions { get; } = [".npy"];

    public bool HoldsIds => false;

    public bool HoldsLabels => false;

    public override bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) => start.StartsWith(NpyHeader.Magic);

    public string? Obstacle(IReadOnlyList<EmbeddingSet> sets)
    {
        EmbeddingSet first = sets[0];
        if (sets.FirstOrDefault(set => set.Rows != first.Rows || set.Dimensions != first.Dimensions) is { } other)
            return $"npy stacks modalities of one shape, but {first.Modality} is {first.Rows} x {first.Dimensions} "
                + $"and {other.Modality} {other.Rows} x {other.Dimensions}";
        if (sets.Count > ArrayForm.MostModalities)
            return $"npy stacks at most {ArrayForm.MostModalities} modalities";
        return sets.Count > 1 && first.Rows == 1 ? "a stack of single rows would read as one modality" : null;
    }

    public void Write(Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation)
    {
        string stacked = sets.Count == 1 ? "" : $"{sets.Count}, ";
        WriteHeader(target, options.Type, $"({stacked}{sets[0].Rows}, {sets[0].Dimensions})");
        var progress = new WriteProgress(options, sets);
        foreach (EmbeddingSet set in sets)
            RowWriting.WriteAll(target, set, options.Type, progress, cancellation);
    }

    /// <summary>One array with its header.</summary>
    internal static void WriteArray(
        Stream target, EmbeddingSet set, WrittenType type, WriteProgress progress, CancellationToken cancellation)
    {
        WriteHeader(target, type, $"({set.Rows}, {set.Dimensions})");
        RowWriting.WriteAll(target, set, type, progress, cancellation);
    }

    public override IReadOnlyList<StoredArray> List(SourceFile file) =>
        [NpyHeader.Read(file, null, new FileRegion(file, 0, file.Length))];

    /// <summary>What comes before the rows of one array, where they are written as they come.</summary>
    internal static void WriteHeader(Stream target, WrittenType type, long rows, int dimensions) =>
        WriteHeader(target, type, string.Create(CultureInfo.InvariantCulture, $"({rows}, {dimensions})"));

    private static void WriteHeader(Stream target, WrittenType type, string shape)
    {
        string header = $"{{'descr': '<f{RowWriting.SizeOf(type)}', 'fortran_order': False, 'shape': {shape}, }}";
        int length = ((10 + header.Length + 1 + Alignment - 1) / Alignment * Alignment) - 10;
        target.Write(NpyHeader.Magic);
        target.Write([1, 0, (byte)length, (byte)(length >> 8)]);
        target.Write(Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n"));
    }
}
