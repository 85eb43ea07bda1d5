using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Tests.Sources;

/// <summary>Pickles that Python and NumPy wrote, in every protocol.</summary>
public sealed class PickleTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public static TheoryData<int> Protocols => [0, 1, 2, 3, 4, 5];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Read_DictionaryOfArrays_HasModalitiesIdsAndLabels(int protocol)
    {
        IReadOnlyList<EmbeddingSet> sets = Reading.All(PickleFixture.Path($"pair-{protocol}.pkl"));
        Assert.Equal([Modality.Image, Modality.Text], sets.Select(set => set.Modality));
        Assert.Equal(PickleFixture.Image, sets[0].Values);
        Assert.Equal(PickleFixture.Text, sets[1].Values);
        Assert.Equal(["float32", "float16"], sets.Select(set => set.Provenance.ElementType));
        Assert.All(sets, set => Assert.Equal(["a", "bé", "c", "d"], set.Ids!));
        Assert.All(sets, set => Assert.Equal(["7", "8", "9", "123456789"], set.Labels!));
        Assert.Equal(("pickle", "image_emb"), (sets[0].Provenance.Format, sets[0].Provenance.Part));
        Assert.Equal(Modality.Text, Reading.One(PickleFixture.Path($"pair-{protocol}.pkl"), new ReadOptions { Key = "text_emb" }).Modality);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Read_BigEndianArrayInFortranOrder_IsReadAsItIs(int protocol)
    {
        EmbeddingSet set = Reading.One(PickleFixture.Path($"fortran-{protocol}.pkl"));
        Assert.Equal(PickleFixture.Image, set.Values);
        Assert.Equal("float64", set.Provenance.ElementType);
        ArrayDescription array = Assert.Single(EmbeddingFile.Describe(PickleFixture.Path($"fortran-{protocol}.pkl")).Arrays);
        Assert.Equal("4 rows x 3, Fortran order, big-endian", array.Note);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Read_ListOfRows_IsAnArray(int protocol)
    {
        EmbeddingSet set = Reading.One(PickleFixture.Path($"rows-{protocol}.pkl"));
        Assert.Equal(PickleFixture.Image, set.Values);
        Assert.Equal((4, 3), (set.Rows, set.Dimensions));
        Assert.Equal("python number", set.Provenance.ElementType);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Read_RowsUnderTheirIds_AreAnArrayWithIds(int protocol)
    {
        EmbeddingSet lists = Reading.One(PickleFixture.Path($"by-id-{protocol}.pkl"));
        Assert.Equal(PickleFixture.Image, lists.Values);
        Assert.Equal(["img/0.jpg", "img/1.jpg", "img/2.jpg", "img/3.jpg"], lists.Ids!);
        EmbeddingSet arrays = Reading.One(PickleFixture.Path($"arrays-by-id-{protocol}.pkl"));
        Assert.Equal(PickleFixture.Image, arrays.Values);
        Assert.Equal(["n0", "n1", "n2", "n3"], arrays.Ids!);
        Assert.Equal("float32", arrays.Provenance.ElementType);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Read_NestedDictionaries_GiveKeysJoinedByDots(int protocol)
    {
        string path = PickleFixture.Path($"nested-{protocol}.pkl");
        Assert.Equal(["train.image", "train.text"], EmbeddingFile.Describe(path).Arrays.Select(array => array.Name));
        IReadOnlyList<EmbeddingSet> sets = Reading.All(path);
        Assert.Equal([Modality.Image, Modality.Text], sets.Select(set => set.Modality));
        Assert.Equal(PickleFixture.Text, sets[1].Values);
    }

    [Fact]
    public void Read_PythonTwo_StringsAreKeysAndBytes()
    {
        // As cPickle of Python 2 wrote {'emb': array([[1., 2.]], dtype=float32), 'ids': ['a']}: strings, and a memo that begins at 1.
        string array = "cnumpy.core.multiarray\n_reconstruct\nq\u0001(cnumpy\nndarray\nq\u0002K\0\u0085U\u0001bt\u0052"
            + "(K\u0001K\u0001K\u0002\u0086cnumpy\ndtype\n(U\u0002f4K\0K\u0001tR(K\u0003U\u0001<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb"
            + "\u0089U\u0008\0\0\u0080?\0\0\0@tb";
        byte[] content = PickleFixture.Pickle($"\u0080\u0002}}q\u0001(U\u0003emb{array}U\u0003ids]U\u0001aau.");
        EmbeddingSet set = Reading.One(folder.Write("x.pkl", content));
        Assert.Equal([1f, 2f], set.Values);
        Assert.Equal(["a"], set.Ids!);
    }

    [Fact]
    public void Read_OneRowOnly_IsNotRows() =>
        Refusal.Of(folder.Write("x.pkl", PickleFixture.Pickle("\u0080\u0004](K\u0001K\u0002e.")), "it has one axis, (2,)", "reshape");

    [Fact]
    public void Read_RowsOfUnequalLength_AreNoArray() =>
        Refusal.Of(folder.Write("x.pkl", PickleFixture.Pickle("\u0080\u0004](](K\u0001K\u0002e](K\u0001ee.")), "it holds no arrays", "Check");

    [Fact]
    public void Read_NonFiniteNumbers_AreKept()
    {
        byte[] content = PickleFixture.Pickle("(lp0\n(lp1\nFnan\naFinf\naa(lF-inf\naF1e300\naa.");
        Assert.Equal([float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.PositiveInfinity], Reading.One(folder.Write("x.pkl", content)).Values);
    }

    [Fact]
    public void Read_ObjectArray_IsRefused()
    {
        string array = "cnumpy._core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\0\u0085U\u0001btR(K\u0001K\u0001K\u0001\u0086"
            + "cnumpy\ndtype\n(U\u0002O8\u0089\u0088tR(K\u0003U\u0001|NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK?tb\u0089](K\u0001etb.";
        Refusal.Of(folder.Write("x.pkl", PickleFixture.Pickle("\u0080\u0002" + array)), "object array", "numpy.stack(list)");
    }

    [Fact]
    public void Read_SomethingBehind_IsRefused() =>
        Refusal.Of(folder.Write("x.pkl", [.. PickleFixture.Bytes("rows-4.pkl"), .. PickleFixture.Bytes("rows-4.pkl")]), "140 bytes before", "one dictionary");

    [Fact]
    public void Read_TensorByPickle_IsRefusedWithAdvice() =>
        Refusal.Of(PickleFixture.Path("tensor.pkl"), "torch.storage._load_from_bytes", "torch.save(x, 'embeddings.pt')");

    [Fact]
    public void Read_KeysThatBecomeOne_AreRefused()
    {
        string rows = "((lF1\na(lF2\nat";
        byte[] content = PickleFixture.Pickle($"(dVa.b\n{rows}sVa\n(dVb\n{rows}ss.");
        Refusal.Of(folder.Write("x.pkl", content), "named a.b", "keys that differ");
    }
}
