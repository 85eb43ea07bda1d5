using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>The format of Hugging Face for arrays with keys.</summary>
internal sealed class SafetensorsFormat : ArrayFileFormat, IEmbeddingWriter
{
    public override string Name => "safetensors";

    public override IReadOnlyList<string> Extensions { get; } = [".safetensors"];

    public bool HoldsIds => false;

    public bool HoldsLabels => false;

    public override bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) =>
        SafetensorsArrays.Begins(start) || (Extensions.Contains(extension) && start.Length > 8 && start[8] == '{');

    public string? Obstacle(IReadOnlyList<EmbeddingSet> sets) => null;

    public void Write(Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation)
    {
        int size = RowWriting.SizeOf(options.Type);
        SafetensorsHeader.Write(target, sets.Select(set => (set.Modality.Name, $"F{8 * size}", size, new long[] { set.Rows, set.Dimensions })));
        var progress = new WriteProgress(options, sets);
        foreach (EmbeddingSet set in sets)
            RowWriting.WriteAll(target, set, options.Type, progress, cancellation);
    }

    public override IReadOnlyList<StoredArray> List(SourceFile file) => SafetensorsArrays.List(file);
}
