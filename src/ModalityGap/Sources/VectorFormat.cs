namespace ModalityGap.Sources;

/// <summary>The vector files of nearest-neighbour benchmarks: fvecs, bvecs, fbin, hbin, u8bin, i8bin.</summary>
/// <remarks>
/// They have no mark of their own. A file that is named so and exactly as long as its numbers say comes before all other formats; one that
/// is only named so comes after them, to be told what is wrong with its length.
/// </remarks>
internal sealed class VectorFormat(VectorMatch match) : ArrayFileFormat
{
    public override string Name => "vectors";

    public override IReadOnlyList<string> Extensions { get; } = [".fvecs", ".bvecs", ".fbin", ".hbin", ".u8bin", ".i8bin"];

    public override bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension) => match == VectorMatch.NameAndLength
        ? VectorFile.Fits(start, file.Length, extension)
        : VectorFile.IsNamed(extension);

    public override IReadOnlyList<StoredArray> List(SourceFile file) => [VectorFile.Read(file)];
}

/// <summary>What makes a file one of vectors.</summary>
internal enum VectorMatch
{
    /// <summary>Its name and its exact length.</summary>
    NameAndLength,

    /// <summary>Its name alone.</summary>
    Name,
}
