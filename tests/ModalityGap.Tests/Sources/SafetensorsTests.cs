using ModalityGap.Embeddings;

namespace ModalityGap.Tests.Sources;

public sealed class SafetensorsTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("F16", "<f2", "float16")]
    [InlineData("BF16", "<bf", "bfloat16")]
    [InlineData("F32", "<f4", "float32")]
    [InlineData("F64", "<f8", "float64")]
    [InlineData("I8", "|i1", "int8")]
    public void Read_EveryElementType_GivesItsValues(string type, string encoding, string name)
    {
        float[] values = [0, -1, 2, -3, 100, 127];
        string path = folder.Write("x.safetensors", SourceBytes.Safetensors(("image_embeds", type, [2, 3], SourceBytes.Encode(encoding, values))));
        EmbeddingSet set = Reading.One(path);
        Assert.Equal(values, set.Values);
        Assert.Equal((2, 3, Modality.Image), (set.Rows, set.Dimensions, set.Modality));
        Assert.Equal(("safetensors", name, "image_embeds"), (set.Provenance.Format, set.Provenance.ElementType, set.Provenance.Part));
    }

    [Fact]
    public void Read_TwoTensors_AreTwoModalities()
    {
        byte[] content = SourceBytes.Safetensors(("eeg", "F32", [1, 2], SourceBytes.Floats(1, 2)), ("image", "F32", [1, 2], SourceBytes.Floats(3, 4)));
        IReadOnlyList<EmbeddingSet> sets = Reading.All(folder.Write("noextension", content));
        Assert.Equal(["eeg", "image"], sets.Select(set => set.Modality.Name));
        Assert.Equal([3, 4], sets[1].Values);
    }

    [Fact]
    public void Read_ModelWeights_SaysThatTheyAreNotEmbeddings()
    {
        (string, string, long[], byte[])[] weights = [.. Enumerable.Range(0, 40).Select(i => ($"layer{i}.weight", "F32", new long[] { 1, 1 }, SourceBytes.Floats(1)))];
        Refusal.Of(folder.Write("x.safetensors", SourceBytes.Safetensors(weights)), "weights of a model", "--key");
    }

    [Theory]
    [InlineData("I64", "int64", "quantised")]
    [InlineData("BOOL", "truth values", "tensor.float()")]
    [InlineData("F8_E4M3", "eight bits", "tensor.float()")]
    [InlineData("Q4", "unknown type 'Q4'", "tensor.float()")]
    public void Read_OtherElementType_IsRefused(string type, string fault, string remedy) =>
        Refusal.Of(folder.Write("x.safetensors", SourceBytes.Safetensors(("a", type, [1, 1], new byte[8]))), fault, remedy);

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1,1],"data_offsets":[2,6]}}""", "a and b overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,3],"data_offsets":[0,12]}}""", "ends 4 bytes after the file's end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[8,0]}}""", "from byte 8 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[-8,0]}}""", "from byte -8 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,8]}}""", "does not fit its 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", "negative length")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", "does not fit its 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""", "names a twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,2]}}""", "does not give a a dtype")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""", "does not give a a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5,2],"data_offsets":[0,8]}}""", "does not give a a dtype")]
    [InlineData("""{"a":[1,2]}""", "does not give a a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}""", "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}} x""", "not valid JSON")]
    public void Read_BadHeader_IsRefused(string header, string fault) =>
        Refusal.Of(folder.Write("x.safetensors", SourceBytes.SafetensorsWithHeader(header, new byte[8])), fault, "write it again");

    [Fact]
    public void Read_DeepNesting_IsRefused()
    {
        string header = "{\"__metadata__\":" + string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_001);
        Refusal.Of(folder.Write("x.safetensors", SourceBytes.SafetensorsWithHeader(header, [])), "not valid JSON", "write it again");
    }

    [Fact]
    public void Read_HeaderLongerThanTheFile_IsRefused()
    {
        byte[] content = SourceBytes.Safetensors(("a", "F32", [1, 2], SourceBytes.Floats(1, 2)));
        Refusal.Of(folder.Write("x.safetensors", content[..50]), "but only 42 bytes follow", "write it again");
        content[7] = 0xff;
        Refusal.Of(folder.Write("y.safetensors", content), "header announces", "write it again");
        Refusal.Of(folder.Write("z.safetensors", SourceBytes.SafetensorsWithHeader("{}", [])), "no arrays", "export finished");
    }
}
