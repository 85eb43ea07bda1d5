namespace ModalityGap.Sources;

/// <summary>The format of Hugging Face for arrays with keys.</summary>
internal sealed class SafetensorsFormat : ArrayFileFormat
{
    public override string Name => "safetensors";

    public override IReadOnlyList<string> Extensions { get; } = [".safetensors"];

    public override bool Recognises(ReadOnlySpan<byte> start, string extension) =>
        SafetensorsArrays.Begins(start) || (Extensions.Contains(extension) && start.Length > 8 && start[8] == '{');

    protected override IReadOnlyList<StoredArray> List(SourceFile file) => SafetensorsArrays.List(file);
}
