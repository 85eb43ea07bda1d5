namespace ModalityGap.Sources;

/// <summary>NumPy's format: one array, which may be a stack of modalities.</summary>
internal sealed class NpyFormat : ArrayFileFormat
{
    public override string Name => "npy";

    public override IReadOnlyList<string> Extensions { get; } = [".npy"];

    public override bool Recognises(ReadOnlySpan<byte> start, string extension) => start.StartsWith(NpyHeader.Magic);

    protected override IReadOnlyList<StoredArray> List(SourceFile file) =>
        [NpyHeader.Read(file, null, new FileRegion(file, 0, file.Length))];
}
