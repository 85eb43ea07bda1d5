using ModalityGap.Embeddings;
using ModalityGap.Lab.Classification;
using ModalityGap.Statistics;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Classification;

public sealed class LabelledPicturesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Find_FolderForEachClass_ReadsNamesAndNumbers()
    {
        Picture("cat/1.png", "2/a.png", "data/test/dog/1.png");

        LabelledPictures pictures = Find(TaskPresets.Cifar10);

        Assert.Equal([("2/a.png", "bird"), ("cat/1.png", "cat"), ("data/test/dog/1.png", "dog")], pictures.Names.Zip(pictures.Labels));
        Assert.Null(pictures.Groups);
    }

    [Theory]
    [InlineData("labels.csv", "file,class\n\"b.png\",dog\na.png,3\n")]
    [InlineData("labels.tsv", "class\timage\ndog\tb.png\ncat\ta.png\n")]
    [InlineData("labels.jsonl", "{\"img\": \"b.png\", \"label\": \"dog\"}\n{\"img\": \"a.png\", \"label\": 3}\n")]
    public void Find_Table_KeepsItsOrder(string name, string text)
    {
        Picture("a.png", "b.png");
        File.WriteAllText(folder[name], text);

        LabelledPictures pictures = Find(TaskPresets.Cifar10);

        Assert.Equal([("b.png", "dog"), ("a.png", "cat")], pictures.Names.Zip(pictures.Labels));
        Assert.EndsWith(name, pictures.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FairFacesTable_JoinsRaceAndGender()
    {
        Picture("val/1.jpg", "val/2.jpg");
        File.WriteAllText(folder["fairface_label_val.csv"],
            "file,age,gender,race,service_test\nval/1.jpg,3-9,Male,East Asian,False\nval/2.jpg,3-9,Female,Latino_Hispanic,True\n");

        LabelledPictures pictures = Find(TaskPresets.FairFace);

        Assert.Equal(["East Asian Male", "Latino Female"], pictures.Labels);
        Assert.Equal(["East Asian", "Latino"], pictures.Groups);
    }

    [Fact]
    public void Draw_Some_KeepsPicturesWithTheirLabels()
    {
        Picture([.. Enumerable.Range(0, 30).Select(i => $"{i % 10}/{i:00}.png")]);
        LabelledPictures all = Find(TaskPresets.Cifar10), some = all.Draw(7, new RandomStream(4));

        Assert.Equal(7, some.Names.Count);
        Assert.All(some.Names.Zip(some.Labels), pair => Assert.Contains(pair, all.Names.Zip(all.Labels)));
        Assert.Equal(some.Names.Order(StringComparer.Ordinal), some.Names);
        Assert.Same(all, all.Draw(30, new RandomStream(4)));
    }

    [Fact]
    public void ClassesOf_Folders_AreTheirNames()
    {
        Picture("oak_tree/1.png", "cat/1.png");
        Assert.Equal(["cat", "oak tree"], LabelledPictures.ClassesOf(folder.Path, null, []).Select(one => one.Phrase));
        Directory.Delete(folder["cat"], recursive: true);
        Fails("no two folders", () => LabelledPictures.ClassesOf(folder.Path, null, []));
        File.WriteAllText(folder["labels.csv"], "file,what,kind\na.png,owl,1\nb.png,oak_tree,1\n");
        Assert.Equal(["oak tree", "owl"], LabelledPictures.ClassesOf(folder.Path, null, ["what"]).Select(one => one.Name));
        Fails("all its labels are \"1\"", () => LabelledPictures.ClassesOf(folder.Path, folder["labels.csv"], ["kind"]));
    }

    [Fact]
    public void Find_BadInput_SaysWhatIsWrong()
    {
        Fails("holds no pictures", () => Find(TaskPresets.Cifar10));
        Fails("no such folder", () => LabelledPictures.Find(folder["nowhere"], null, TaskPresets.Cifar10));
        Picture("cat/1.png", "sofa/1.png");
        Fails("\"sofa\"", () => Find(TaskPresets.Cifar10));
        Picture("loose.png");
        Fails("loose.png lies in no folder", () => Find(TaskPresets.Cifar10));
        Table("file,class\ncat/1.png,unicorn\n", "\"unicorn\"");
        Table("file,class\nelsewhere/1.png,cat\n", "none of the 1 pictures");
        Table("file,class\ncat/1.png,cat\ncat/1.png,dog\n", "twice");
        Table("file,class\ncat/1.png\n", "has 1 fields");
        Table("picture,class\ncat/1.png,cat\n", "names a file");
        Table("file,what\ncat/1.png,cat\n", "no column label");
        Table("file,class\n", "no rows");
        Table("", "no rows");
        Fails("no column \"race\"", () =>
            LabelledPictures.Find(folder.Path, Written("file,class\ncat/1.png,cat\n"), TaskPresets.Cifar10 with { GroupColumn = "race" }));
    }

    private void Table(string text, string told) => Fails(told, () => LabelledPictures.Find(folder.Path, Written(text), TaskPresets.Cifar10));

    private string Written(string text)
    {
        File.WriteAllText(folder["table.csv"], text);
        return folder["table.csv"];
    }

    private LabelledPictures Find(ZeroShotTask task) => LabelledPictures.Find(folder.Path, null, task);

    private void Picture(params string[] names)
    {
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            File.WriteAllBytes(folder[name], [0]);
        }
    }

    private static void Fails(string told, Func<object> act) =>
        Assert.Contains(told, Assert.Throws<EmbeddingDataException>(act).Message, StringComparison.Ordinal);
}
