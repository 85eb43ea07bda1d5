using FsCheck;
using FsCheck.Fluent;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Tests;

/// <summary>What is written in any format comes back, and from there in any other.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(60);
    private static readonly string[] Extensions = [".npy", ".npz", ".safetensors", ".jsonl", ".parquet", ".arrow", ".arrows", ".h5", ".csv", ".tsv"];
    private static readonly Gen<float> AnyFloat = Gen.Choose(int.MinValue, int.MaxValue).Select(BitConverter.Int32BitsToSingle);

    private readonly ScratchFolder folder = new();

    public static TheoryData<string, WrittenType> Targets => [.. from extension in Extensions from type in Enum.GetValues<WrittenType>() select (extension, type)];

    public static TheoryData<string, string> Pairs => [.. from first in Extensions from second in Extensions select (first, second)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Targets))]
    public void Write_AnyRows_ComeBackToTheBit(string extension, WrittenType type) => Prop.ForAll(Rows(type).ToArbitrary(), set =>
    {
        EmbeddingSet read = Formats.ReadOne(folder.Write("x" + extension, Formats.Bytes(extension, type, set)));
        return read.Dimensions == set.Dimensions && Formats.Bits(read).SequenceEqual(Formats.Bits(set));
    }).Check(Thorough);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Convert_FromAnyFormatToAnyOther_KeepsRowsAndTheirNames(string first, string second)
    {
        EmbeddingSet[] sets = [Formats.Set("image", 7, 5, seed: 1), Formats.Set("text", 7, 5, seed: 2)];
        IReadOnlyList<EmbeddingSet> once = Formats.Read(folder.Write("a" + first, Formats.Bytes(first, WrittenType.Float32, sets)));
        IReadOnlyList<EmbeddingSet> twice = Formats.Read(folder.Write("b" + second, Formats.Bytes(second, WrittenType.Float32, once)));

        bool named = !new[] { first, second }.Contains(".npy");
        bool kept = Formats.Writer(first).HoldsIds && Formats.Writer(second).HoldsIds;
        Assert.Equal(named ? ["image", "text"] : ["first", "second"], twice.Select(set => set.Modality.Name).Select(Plain));
        for (int i = 0; i < sets.Length; i++)
        {
            Assert.Equal(Formats.Bits(sets[i]), Formats.Bits(twice[i]));
            Assert.Equal(kept ? sets[i].Ids : null, twice[i].Ids);
            Assert.Equal(kept ? sets[i].Labels : null, twice[i].Labels);
            Assert.Equal(kept ? sets[i].Captions : null, twice[i].Captions);
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Describe_WrittenFile_SaysShapeWithoutTheRows(string extension, WrittenType type)
    {
        FileDescription description = Formats.Describe(folder.Write("x" + extension, Formats.Bytes(extension, type, Formats.Set("image", 7, 5))));

        Assert.Equal([7L, 5L], description.Arrays[0].Shape);
        Assert.Equal(Formats.Writer(extension).Name, description.Format);
    }

    [Theory]
    [InlineData(".npy", "different shapes|one shape")]
    [InlineData(".jsonl", "image has 7 rows and text 8")]
    [InlineData(".parquet", "image has 7 rows and text 8")]
    [InlineData(".csv", "image has 7 rows and text 8")]
    [InlineData(".arrow", "image has 7 rows and text 8")]
    public void Obstacle_DifferentRows_IsSaid(string extension, string words) =>
        Assert.Matches(words, Formats.Writer(extension).Obstacle([Formats.Set("image", 7, 5), Formats.Set("text", 8, 5)]));

    [Fact]
    public void Obstacle_SameRowsWithOtherIds_IsSaid()
    {
        EmbeddingSet image = Formats.Set("image", 2, 3);
        EmbeddingSet text = Formats.Set("text", 2, 3).WithIds(["b", "a"]);
        Assert.Contains("different ids", Formats.Writer(".parquet").Obstacle([image, text]), StringComparison.Ordinal);
        Assert.Null(Formats.Writer(".npz").Obstacle([image, text]));
    }

    [Theory]
    [InlineData(".npy")]
    [InlineData(".csv")]
    [InlineData(".parquet")]
    [InlineData(".h5")]
    public void Write_ValueBeyondFloat16_IsRefusedWithItsRow(string extension)
    {
        var set = new EmbeddingSet(Modality.Image, [1, 2, 3, 70000], 2);
        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => Formats.Bytes(extension, WrittenType.Float16, set));
        Assert.Contains("row 1 of image holds 70000", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--dtype float32", refused.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".parquet")]
    [InlineData(".arrow")]
    [InlineData(".h5")]
    [InlineData(".csv")]
    public void Read_Cancelled_Stops(string extension)
    {
        string path = folder.Write("x" + extension, Formats.Bytes(extension, WrittenType.Float32, Formats.Set("image", 7, 5)));
        Assert.ThrowsAny<OperationCanceledException>(() => EmbeddingFile.Read(
            path, new ReadOptions { Fingerprint = false, Formats = AllFormats.List }, new CancellationToken(true)));
    }

    /// <summary>A format with keys calls a stack's modalities by their keys.</summary>
    private static string Plain(string name) => name.Replace("_embedding", "", StringComparison.Ordinal);

    private static Gen<EmbeddingSet> Rows(WrittenType type) =>
        from rows in Gen.Choose(2, 12)
        from dimensions in Gen.Choose(2, 12)
        from values in AnyFloat.ArrayOf(rows * dimensions)
        select new EmbeddingSet(Modality.Image, [.. values.Select(value => Representable(type, value))], dimensions);

    /// <summary>The nearest value that the type holds; a NaN's payload is not kept by text or a narrower type.</summary>
    private static float Representable(WrittenType type, float value) => float.IsNaN(value) ? float.NaN
        : type != WrittenType.Float16 ? value
        : Half.IsInfinity((Half)value) ? 1 : (float)(Half)value;
}
