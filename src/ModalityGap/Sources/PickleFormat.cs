namespace ModalityGap.Sources;

/// <summary>Python's own format, read without running anything.</summary>
internal sealed class PickleFormat : ArrayFileFormat
{
    public override string Name => "pickle";

    public override IReadOnlyList<string> Extensions { get; } = [".pkl", ".pickle"];

    public override bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) => PickleFile.Begins(start, extension);

    public override IReadOnlyList<StoredArray> List(SourceFile file) => PickleFile.List(file);
}
