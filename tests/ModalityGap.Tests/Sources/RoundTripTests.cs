using System.Globalization;
using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using ModalityGap.Embeddings;

namespace ModalityGap.Tests.Sources;

/// <summary>What is written in any format, type, order and shape comes back to the bit.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(300);
    private static readonly string[] Types = ["<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "|i1", "|u1"];
    private static readonly Gen<float> AnyFloat = Gen.Choose(int.MinValue, int.MaxValue).Select(BitConverter.Int32BitsToSingle);

    private readonly ScratchFolder folder = new();

    private sealed record Case(string Type, bool Fortran, int Modalities, int Rows, int Dimensions, float[] Values)
    {
        public long[] Shape => Modalities == 1 ? [Rows, Dimensions] : [Modalities, Rows, Dimensions];

        /// <summary>The elements in the order in which the file holds them.</summary>
        public float[] Stored => !Fortran ? Values :
        [
            .. from d in Enumerable.Range(0, Dimensions)
               from n in Enumerable.Range(0, Rows)
               from m in Enumerable.Range(0, Modalities)
               select Values[(((m * Rows) + n) * Dimensions) + d],
        ];

        public byte[] Npy => SourceBytes.Npy(Type, $"({string.Join(", ", Shape)})", SourceBytes.Encode(Type, Stored), Fortran);

        public override string ToString() => $"{Type} {(Fortran ? "F" : "C")} ({string.Join(", ", Shape)})";
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Npy_AnyArray_ComesBack() => Check(Cases(), array => SameBits(array, folder.Write("x.npy", array.Npy)));

    [Fact]
    public void Npz_AnyArray_ComesBack() => Check(Cases(), array =>
        SameBits(array, folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("emb", array.Npy))))
        && SameBits(array, folder.Write("x.npz", SourceBytes.Npz(CompressionLevel.NoCompression, ("emb", array.Npy)))));

    [Fact]
    public void Safetensors_AnyArray_ComesBack() => Check(Cases(), array =>
    {
        string type = array.Type[1..] switch { "f2" => "F16", "f4" => "F32", "f8" => "F64", "i1" => "I8", _ => "U8" };
        byte[] data = SourceBytes.Encode("<" + array.Type[1..], array.Values);
        return SameBits(array, folder.Write("x.safetensors", SourceBytes.Safetensors(("emb", type, array.Shape, data))));
    });

    [Fact]
    public void JsonLines_AnyFiniteRows_ComeBack() => Check(Cases().Where(array => array.Modalities == 1 && array.Values.All(float.IsFinite)), array =>
    {
        IEnumerable<string> lines = array.Values.Chunk(array.Dimensions).Select(row =>
            $"{{\"embedding\": [{string.Join(", ", row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]}}");
        return SameBits(array, folder.Write("x.jsonl", string.Join('\n', lines)));
    });

    private static void Check(Gen<Case> cases, Func<Case, bool> holds) => Prop.ForAll(cases.ToArbitrary(), holds).Check(Thorough);

    private static Gen<Case> Cases() =>
        from type in Gen.Elements(Types)
        from fortran in Gen.Elements(false, true)
        from modalities in Gen.Choose(1, 3)
        from rows in Gen.Choose(2, 20)
        from dimensions in Gen.Choose(1, 20)
        from values in AnyFloat.ArrayOf(modalities * rows * dimensions)
        select new Case(type, fortran, modalities, rows, dimensions, [.. values.Select(value => Representable(type, value))]);

    /// <summary>The nearest value that the type holds; a NaN's payload is not kept by a narrower type.</summary>
    private static float Representable(string type, float value) => type[1..] switch
    {
        _ when float.IsNaN(value) => type[1] == 'f' ? float.NaN : 0,
        "f2" => (float)(Half)value,
        "i1" => (sbyte)BitConverter.SingleToInt32Bits(value),
        "u1" => (byte)BitConverter.SingleToInt32Bits(value),
        _ => value,
    };

    private static bool SameBits(Case array, string path)
    {
        IReadOnlyList<EmbeddingSet> sets = Reading.All(path);
        IEnumerable<int> read = sets.SelectMany(set => set.Values).Select(BitConverter.SingleToInt32Bits);
        return sets.Count == array.Modalities
            && sets.All(set => set.Rows == array.Rows && set.Dimensions == array.Dimensions)
            && read.SequenceEqual(array.Values.Select(BitConverter.SingleToInt32Bits));
    }
}
