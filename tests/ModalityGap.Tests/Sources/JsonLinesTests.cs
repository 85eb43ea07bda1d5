using System.Globalization;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Tests.Sources;

public sealed class JsonLinesTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("embedding", "id", "label")]
    [InlineData("vector", "_id", "class")]
    [InlineData("embedding", "key", "label")]
    [InlineData("text_embedding", "name", "class")]
    public void Read_KnownKeys_GivesValuesIdsAndLabels(string vector, string id, string label)
    {
        string path = folder.Write("text.jsonl", $$"""
            {"{{id}}": "a", "{{label}}": "cat", "{{vector}}": [1, -2.5, 3e-1], "other": {"x": [1, {}]} }

            {"{{vector}}":[4,5,6],"{{label}}":"dog","{{id}}":7}
            """);
        EmbeddingSet set = Reading.One(path);
        Assert.Equal([1, -2.5f, 0.3f, 4, 5, 6], set.Values);
        Assert.Equal(["a", "7"], set.Ids!);
        Assert.Equal(["cat", "dog"], set.Labels!);
        Assert.Equal(Modality.Text, set.Modality);
        Assert.Equal(("jsonl", vector), (set.Provenance.Format, set.Provenance.Part));
    }

    [Theory]
    [InlineData("caption")]
    [InlineData("text")]
    public void Read_Captions_AreTakenWhereARowHasOne(string key)
    {
        EmbeddingSet set = Reading.One(folder.Write("x.jsonl", $$"""
            {"{{key}}":"two cats","vector":[1,2]}
            {"vector":[3,4]}
            {"{{key}}":null,"vector":[5,6]}
            {"{{key}}":["a","b"],"vector":[7,8]}
            {"vector":[9,0],"{{key}}":"</script>"}
            """));
        Assert.Equal(["two cats", "", "", "", "</script>"], set.Captions!);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 0], set.Values);
        Assert.Null(set.Ids);
    }

    [Fact]
    public void Read_CaptionTwiceInALine_IsRefused() => Refusal.Of(
        folder.Write("x.jsonl", "{\"caption\":\"a\",\"vector\":[1]}\n{\"caption\":\"a\",\"caption\":\"b\",\"vector\":[1]}\n"),
        "line 2 holds the key caption twice", "Repair");

    [Fact]
    public void Read_TwoEmbeddingsPerObject_AreTwoModalities()
    {
        string path = folder.Write("x.jsonl", "{\"text_embedding\":[3,4],\"image_embedding\":[1,2]}\n{\"image_embedding\":[5,6],\"text_embedding\":[7,8]}\n");
        IReadOnlyList<EmbeddingSet> sets = Reading.All(path);
        Assert.Equal([Modality.Text, Modality.Image], sets.Select(set => set.Modality));
        Assert.Equal([3, 4, 7, 8], sets[0].Values);
        Assert.Equal([1, 2, 5, 6], sets[1].Values);
        Assert.Equal(Modality.Image, Reading.One(path, new ReadOptions { Key = "image_embedding" }).Modality);
    }

    [Fact]
    public void Read_MarkAndCarriageReturns_AreOverread()
    {
        string path = folder.Write("x.jsonl", "\ufeff{\"vector\":[1]}\r\n\r\n{\"vector\":[2]}\r\n");
        Assert.Equal([1, 2], Reading.One(path).Values);
    }

    [Fact]
    public void Read_PythonsNaN_IsKeptForTheRowCheck()
    {
        string path = folder.Write("x.jsonl", """
            {"id":"a NaN \" NaN, Infinity","embedding":[NaN,Infinity,-Infinity,1]}
            {"id":"b","embedding":[2,3,"NaN",4],"score":NaN}
            """);
        EmbeddingSet set = Reading.One(path);
        Assert.Equal([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1, 2, 3, float.NaN, 4], set.Values);
        Assert.Equal("a NaN \" NaN, Infinity", set.Ids![0]);
    }

    [Fact]
    public void Read_ManyLines_ArePutTogether()
    {
        const int Rows = 3000, Dimensions = 50;
        float[] values = [.. Enumerable.Range(0, Rows * Dimensions).Select(i => i / 7f)];
        IEnumerable<string> lines = Enumerable.Range(0, Rows).Select(row =>
            $"{{\"id\":{row},\"embedding\":[{string.Join(',', values.AsSpan(row * Dimensions, Dimensions).ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)))}]}}");
        EmbeddingSet set = Reading.One(folder.Write("x.jsonl", string.Join('\n', lines)));
        Assert.Equal(values, set.Values);
        Assert.Equal("2999", set.Ids![^1]);
    }

    [Theory]
    [InlineData("{\"vector\":[1,2]}\n{\"vector\":[1]}", "line 2 has 1 values in vector, the first line 2", "same model")]
    [InlineData("{\"vector\":[1,2]}\n\n{\"vector\":[1,null]}", "line 3 holds null as value 1 of vector", "Repair")]
    [InlineData("{\"vector\":[1,\"x\"]}", "line 1 holds a text as value 1", "Repair")]
    [InlineData("{\"vector\":[[1,2]]}", "line 1 holds an array as value 0", "one row per line")]
    [InlineData("{\"vector\":[]}", "line 1 has an empty vector", "Leave the item out")]
    [InlineData("{\"vector\":[1]}\n{\"other\":[1]}", "line 2 has no vector", "repair the export")]
    [InlineData("{\"vector\":[1]}\n{\"vector\":3}", "line 2 has no array of numbers in vector", "repair the export")]
    [InlineData("{\"vector\":[1],\"vector\":[2]}", "line 1 holds the key vector twice", "which one counts")]
    [InlineData("{\"id\":1,\"id\":2,\"vector\":[2]}", "line 1 holds the key id twice", "which one counts")]
    [InlineData("{\"id\":1,\"vector\":[1]}\n{\"vector\":[2]}", "line 2 has no id", "or none")]
    [InlineData("{\"id\":1,\"vector\":[1]}\n{\"id\":null,\"vector\":[2]}", "line 2 holds null as id", "or none")]
    [InlineData("{\"vector\":[1]}\n{\"vector\":[2", "line 2 is not one whole JSON object", "truncated")]
    [InlineData("{\"vector\":[1]}\n[2]", "line 2 is not a JSON object", "one JSON object per line")]
    [InlineData("{\"vector\":[1]} {\"vector\":[1]}", "line 1 is not one whole JSON object", "jq -c")]
    [InlineData("{\n  \"vector\": [1]\n}", "line 1 is not one whole JSON object", "jq -c")]
    [InlineData("{\"name\":\"x\",\"values\":[1]}", "its keys are values, name", "--key values")]
    [InlineData("{\"name\":\"x\"}", "no embedding; its keys are name", "text_embedding")]
    [InlineData("{\"vector\":[1],\"embedding\":[1]}", "2 arrays that could be embeddings: vector, embedding", "--key vector")]
    [InlineData("[{\"vector\":[1]}]", "a JSON array", "jq -c")]
    public void Read_BadLine_IsNamed(string content, string fault, string remedy) =>
        Refusal.Of(folder.Write("x.jsonl", content), fault, remedy);

    [Fact]
    public void Read_KeyThatTheObjectsLack_NamesTheirKeys() =>
        Refusal.Of(folder.Write("x.jsonl", "{\"id\":1,\"vector\":[1]}"), "no array emb", "Its keys are vector, id", new ReadOptions { Key = "emb" });

    [Fact]
    public void Read_DeepNesting_IsRefused() =>
        Refusal.Of(folder.Write("x.jsonl", "{\"vector\":[1],\"x\":" + new string('[', 100_000) + new string(']', 100_000) + "}"), "line 1 is not one whole", "jq");

    [Fact]
    public void Read_EndlessLine_IsRefused() =>
        Refusal.Of(folder.Write("x.jsonl", "{\"vector\":[" + new string(' ', 5 << 20) + "1]}"), "line 1 is longer than", "jq");

    [Fact]
    public void Describe_CountsLines()
    {
        FileDescription file = EmbeddingFile.Describe(folder.Write("x.jsonl", "{\"id\":1,\"vector\":[1,2]}\n{\"id\":2,\"vector\":[1,2]}\n\n"));
        ArrayDescription array = Assert.Single(file.Arrays);
        Assert.Equal(("vector", "json number", "2 rows x 2, ids in id"), (array.Name, array.ElementType, array.Note));
        Assert.Equal([2, 2], array.Shape);
    }
}
