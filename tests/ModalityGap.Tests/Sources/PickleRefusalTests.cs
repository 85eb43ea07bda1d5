using ModalityGap.Embeddings;

namespace ModalityGap.Tests.Sources;

/// <summary>Pickles that mean harm, or anything else than rows: refused with a sentence, and nothing is run.</summary>
[Collection(nameof(Alone))]
public sealed class PickleRefusalTests : IDisposable
{
    private static readonly string[] Instructions =
    [
        "]", "}", "(", ")", "N", "K\u0001", "K\u0002", "F1.5\n", "I00\n", "X\u0003\0\0\0abc", "V0\n", "Vstorage\n", "U\u0002f4", "U\u0001<", "C\u0004abcd",
        "q\0", "q\u0001", "h\0", "h\u0001", "\u0094", "a", "e", "s", "u", "t", "l", "d", "\u0085", "\u0086", "\u0087", "R", "b", "0", "1", "2", "Q", "\u008f", "\u0090", "\u0091",
        "cnumpy\ndtype\n", "cnumpy\nndarray\n", "cnumpy.core.multiarray\n_reconstruct\n", "cnumpy.core.multiarray\nscalar\n", "c_codecs\nencode\n",
        "cnumpy.core.numeric\n_frombuffer\n", "ccollections\nOrderedDict\n", "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._tensor\n_rebuild_from_type_v2\n", "ctorch\nFloatStorage\n",
        "cnumpy\ndtype\nU\u0002f4\u0085R", "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n\u0085R", "(Vstorage\nctorch\nFloatStorage\nV0\nVcpu\nK\u0004tQ",
        PickleFixture.Tensor("FloatStorage", "0", 4, 0, [2, 2], [2, 1]),
    ];

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("cos\nsystem\n(S'touch pwned'\ntR.", "calls for os.system")]
    [InlineData("\u0080\u0002cposix\nsystem\nX\u0004\0\0\0true\u0085R.", "calls for posix.system")]
    [InlineData("\u0080\u0004\u0095\u0017\0\0\0\0\0\0\0\u008c\u0008builtins\u008c\u0004eval\u0093\u008c\u00011\u0085R.", "calls for builtins.eval")]
    [InlineData("c__builtin__\nexec\n.", "calls for __builtin__.exec")]
    [InlineData("ccopy_reg\n_reconstructor\n(tR.", "calls for copy_reg._reconstructor")]
    [InlineData("\u0080\u0002ccopyreg\n_reconstructor\n.", "calls for copyreg._reconstructor")]
    [InlineData("ctorch\nload\n.", "calls for torch.load")]
    [InlineData("ctorch.storage\n_load_from_bytes\n.", "calls for torch.storage._load_from_bytes")]
    [InlineData("cnumpy\nload\n.", "calls for numpy.load")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct.__globals__\n.", "calls for numpy.core.multiarray._reconstruct.__globals__")]
    [InlineData("(ios\nsystem\n.", "calls for os.system")]
    [InlineData("(S'a'\nicollections\nOrderedDict\n.", "collections.OrderedDict in a way")]
    [InlineData("ccollections\nOrderedDict\n)\u0081.", "makes objects of a class")]
    [InlineData("(ccollections\nOrderedDict\no.", "makes objects of a class")]
    [InlineData("(c_codecs\nencode\n(Vx\nVrot13\ntR.", "_codecs.encode in a way")]
    [InlineData("(c_codecs\nencode\n(Vx\ntR(tR.", "_codecs.encode in a way")]
    [InlineData("cnumpy\ndtype\n(tR.", "numpy.dtype in a way")]
    [InlineData("cnumpy\nndarray\n(tR.", "numpy.ndarray in a way")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n(I1\nI2\ntR.", "torch._utils._rebuild_tensor_v2 in a way")]
    [InlineData("}}R.", "calls what is no name")]
    [InlineData("cnumpy\ndtype\n(Vf4\ntR]b.", "a state that is not understood")]
    [InlineData("cnumpy\ndtype\n(Vf4\ntR(I3\nV<script>\nNNNtb.", "a state that is not understood")]
    [InlineData("ccollections\nOrderedDict\n}b.", "a state that is not understood")]
    [InlineData("]}b.", "a state that is not understood")]
    [InlineData("(Vx\nP1\n.", "objects that are not in this file")]
    [InlineData("]Q.", "objects that are not in this file")]
    [InlineData("]\u0082\u0001.", "registered extension")]
    [InlineData("]\u0097.", "buffer_callback")]
    [InlineData("cnumpy\ndtype\nI1\na.", "appends to what is no list")]
    [InlineData("]I1\nI2\ns.", "sets entries of what is no dictionary")]
    [InlineData("}(I1\nu.", "has a key without a value")]
    [InlineData("]0.", "what it has not put there")]
    [InlineData("]g7\n.", "what it has not put there")]
    [InlineData("]p999999999\n.", "what it has not put there")]
    [InlineData("]p-1\n.", "what it has not put there")]
    [InlineData("]t.", "what it has not put there")]
    [InlineData("]", "ends in the middle")]
    [InlineData("]X\u00ff\u00ff\u00ff\u007fabc.", "announces 2,147,483,647 bytes")]
    [InlineData("]\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffabc.", "announces 18,446,744,073,709,551,615 bytes")]
    [InlineData("]\u008b\u00ff\u00ff\u00ff\u007fabc.", "announces 2,147,483,647 bytes")]
    [InlineData("]\u0080\u0006.", "protocol 6")]
    [InlineData("]Ixyz\n.", "text where a number should be")]
    [InlineData("]F1.5x\n.", "text where a number should be")]
    [InlineData("]S'abc\n.", "quoted string")]
    [InlineData("]S'\\q'\n.", "quoted string")]
    [InlineData("]?.", "unknown instruction, 0x3F")]
    [InlineData("].", "it holds no arrays")]
    public void Read_Malicious_IsRefusedWithItsReason(string letters, string fault)
    {
        EmbeddingDataException refused = Refusal.Of(folder.Write("x.pkl", PickleFixture.Pickle(letters)), fault, "");
        Assert.True(refused.Remedy.Length > 10);
        if (fault.StartsWith("calls for", StringComparison.Ordinal))
            Assert.Contains("it was not run", refused.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyInstructions_AreReadOrRefused()
    {
        var random = new Random(26);
        int read = 0, refused = 0;
        for (int round = 0; round < 700; round++)
        {
            string letters = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => Instructions[random.Next(Instructions.Length)]));
            byte[] pickle = PickleFixture.Pickle("\u0080\u0004](" + letters + "e.");
            string path = round % 2 == 0
                ? folder.Write("x.pkl", pickle)
                : folder.Write("x.pt", PickleFixture.Archive([("data.pkl", pickle), ("data/0", SourceBytes.Counting(4))]));
            try
            {
                Assert.NotEmpty(Reading.All(path));
                read++;
            }
            catch (EmbeddingDataException)
            {
                refused++;
            }
        }
        Assert.True(read > 5 && refused > 300, $"{read} read, {refused} refused");
    }

    [Fact]
    public void Read_InsideACheckpoint_IsRefusedAlike()
    {
        string path = folder.Write("x.pt", PickleFixture.Archive([("data.pkl", PickleFixture.Pickle("cos\nsystem\n(Vtrue\ntR."))]));
        Refusal.Of(path, "calls for os.system", "If you trust the file");
    }

    [Fact]
    public void Read_ListThatHoldsItself_Ends() =>
        Refusal.Of(folder.Write("x.pkl", PickleFixture.Pickle("\u0080\u0004]\u0094h\0ah\0a.")), "it holds no arrays", "Check");

    [Fact]
    public void Read_DictionaryThatHoldsItself_GivesItsArrays()
    {
        byte[] content = PickleFixture.Pickle("(dp0\nVself\ng0\nsVrows\n((lF1\na(lF2\nats.");
        Assert.Equal([1f, 2f], Reading.One(folder.Write("x.pkl", content)).Values);
    }

    [Fact]
    public void Read_DeepNesting_IsRefused()
    {
        string deep = "\u0080\u0004" + new string(']', 10_000) + new string('a', 9_999) + ".";
        Refusal.Of(folder.Write("x.pkl", PickleFixture.Pickle(deep)), "nested more than 32 deep", "numpy.save");
    }

    [Fact]
    public void Read_DictionariesThatDoubleAtEveryLevel_EndSoon()
    {
        // 2^60 paths lead to the innermost one.
        string bomb = "(d" + string.Concat(Enumerable.Range(0, 20).Select(i => $"p{i}\n0(dVa\ng{i}\nsVb\ng{i}\ns")) + ".";
        Refusal.Of(folder.Write("x.pkl", PickleFixture.Pickle(bomb)), "it holds no arrays", "Check");
    }

    [Theory]
    [InlineData("N", 1_500_000)]
    [InlineData("(", 1_500_000)]
    [InlineData("]", 500_000)]
    [InlineData("}\u0094", 500_000)]
    [InlineData("K\0\u0085", 500_000)]
    [InlineData("V\n", 500_000)]
    [InlineData("2\u0094", 1_500_000)]
    [InlineData(")c_codecs\nencode\n(Vx\nVlatin1\ntR0", 200_000)]
    public void Read_MillionsOfSmallObjects_StayWithinTheLimit(string unit, int count)
    {
        string path = folder.Write("x.pkl", PickleFixture.Pickle("\u0080\u0004]" + string.Concat(Enumerable.Repeat(unit, count)) + "."));
        long allocated = Allocation.Of(() => Assert.Throws<EmbeddingDataException>(() => Reading.All(path)));
        Assert.InRange(allocated, 0, Allocation.Limit(new FileInfo(path).Length));
    }

    [Fact]
    public void Read_RowUsedAMillionTimes_StaysWithinTheLimit()
    {
        string row = "](" + string.Concat(Enumerable.Repeat("K\u0001", 1000)) + "e\u0094";
        string path = folder.Write("x.pkl", PickleFixture.Pickle("\u0080\u0004](" + row + string.Concat(Enumerable.Repeat("h\0", 20_000)) + "e."));
        long allocated = Allocation.Of(() => Refusal.Of(path, "unpack to", "numpy"));
        Assert.InRange(allocated, 0, Allocation.Limit(new FileInfo(path).Length));
    }

    [Fact]
    public void Read_ManyShortNumbers_StayWithinTheLimit()
    {
        string row = "](" + string.Concat(Enumerable.Repeat("K\u0001", 900)) + "e";
        string path = folder.Write("x.pkl", PickleFixture.Pickle("\u0080\u0004](" + string.Concat(Enumerable.Repeat(row, 4_000)) + "e."));
        long allocated = Allocation.Of(() => Assert.Equal((4_000, 900), (Reading.One(path).Rows, Reading.One(path).Dimensions)));
        Assert.InRange(allocated, 0, 2 * Allocation.Limit(new FileInfo(path).Length));
    }
}
