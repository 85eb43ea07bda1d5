namespace ModalityGap.Sources;

/// <summary>NumPy's archive of arrays with keys.</summary>
internal sealed class NpzFormat : ArrayFileFormat
{
    public override string Name => "npz";

    public override IReadOnlyList<string> Extensions { get; } = [".npz"];

    public override bool Recognises(ReadOnlySpan<byte> start, string extension) =>
        start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8);

    protected override IReadOnlyList<StoredArray> List(SourceFile file) => NpzArrays.List(file);
}
