using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Data;

public sealed class CocoTests : IDisposable
{
    private const string Json = """
        {"info": {"id": 9, "images": [{"id": 1, "file_name": "no.png"}]}, "licenses": [{"id": 1}],
         "images": [{"license": 1, "file_name": "b.png", "id": 20}, {"id": 3, "file_name": "a.png", "sizes": {"id": 99}}, {"id": 4, "file_name": "c.png"}],
         "annotations": [{"image_id": 20, "id": 7, "caption": "second\nof b"}, {"image_id": 20, "id": 2, "caption": "first of b"},
                         {"image_id": 3, "id": 5, "caption": "of a \u00e9"}, {"image_id": 77, "id": 8, "caption": "of nothing"}]}
        """;

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("annotations/captions_val2017.json", "val2017/")]
    [InlineData("captions_val2017.json", "images/val2017/")]
    [InlineData("captions.json", "images/")]
    [InlineData("captions.json", "")]
    public void Open_Coco_FindsThePicturesAndOrdersByIds(string name, string images)
    {
        string path = folder.Write(name, "\uFEFF" + Json);
        Pictures(images);

        OpenedData data = DataSource.Open(path, Small);

        Assert.Equal(["a.png", "b.png"], data.Set.Items.Select(item => item.Id));
        Assert.Equal(["of a é"], data.Set.Items[0].Texts);
        Assert.Equal(["first of b", "second of b"], data.Set.Items[1].Texts);
        Assert.Equal(["unknown-images", "pictures-without-caption"], data.Findings.Select(finding => finding.Id));
    }

    [Fact]
    public void Open_FileLongerThanTheBuffer_ReadsEveryRecord()
    {
        const int count = 5000;
        var text = new StringBuilder("{\"images\":[");
        text.AppendJoin(',', Enumerable.Range(0, count).Select(i => $"{{\"id\":{i},\"file_name\":\"{i}.png\"}}"));
        text.Append("],\"annotations\":[");
        text.AppendJoin(',', Enumerable.Range(0, count).Select(i => $"{{\"id\":{i},\"image_id\":{i},\"caption\":\"{new string('x', i % 97)} caption {i}\"}}"));
        // One longer than the buffer is at first.
        text.Append($",{{\"id\":{count},\"image_id\":0,\"caption\":\"{new string('y', 200_000)}\"}}]}}");
        string path = folder.Write("captions.json", text.ToString());
        byte[] picture = TestPicture.Encode(4, 4, TestPicture.Noise);
        for (int i = 0; i < count; i += 500)
            folder.Write($"{i}.png", picture);

        OpenedData data = DataSource.Open(path, Small with { MostBroken = 1 });

        Assert.Equal(10, data.Set.Items.Count);
        Assert.Equal("caption 0", data.Set.Items[0].Texts[0]);
        Assert.Equal(200_000, data.Set.Items[0].Texts[1].Length);
        Assert.EndsWith("caption 4500", data.Set.Items[9].Texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EveryBeginningOfTheFile_IsOneKindOfFault()
    {
        Pictures("");
        byte[] whole = Encoding.UTF8.GetBytes(Json);
        for (int length = 0; length < whole.Length; length += 5)
        {
            string path = folder.Write("captions.json", whole[..length]);
            EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() => DataSource.Open(path, Small));
            Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"images\":[{\"id\":1,\"file_name\":\"a.png\"}],\"annotations\":[{\"id\":1,\"image_id\":1,\"bbox\":[1,2]}]}", "its annotations have no captions")]
    [InlineData("{\"a\":1}", "it is no COCO file")]
    [InlineData("[]", "it is no COCO file")]
    [InlineData("{\"images\":[{\"id\":1,\"file_name\":\"\\ud800\"}]}", "it is no JSON")]
    [InlineData("{\"images\":[{\"id\":1,\"file_name\":\"z.png\"}],\"annotations\":[{\"id\":1,\"image_id\":1,\"caption\":\"z\"}]}", "--images DIR")]
    public void Open_OtherJson_SaysWhatItLacks(string json, string fault)
    {
        string path = folder.Write("captions.json", json);

        Assert.Contains(fault, Assert.Throws<EmbeddingDataException>(() => DataSource.Open(path, Small)).Message, StringComparison.Ordinal);
    }

    private static DataOptions Small => new() { Side = 8 };

    private void Pictures(string place)
    {
        foreach (string name in new[] { "a.png", "b.png", "c.png" })
            folder.Write(place + name, TestPicture.Encode(8, 8, TestPicture.Noise));
    }
}
