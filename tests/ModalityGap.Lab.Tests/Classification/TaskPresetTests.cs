using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Classification;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Classification;

public sealed class TaskPresetTests
{
    [Theory]
    [InlineData("cifar-10", 10, "a photo of airplane.", "a photo of truck.")]
    [InlineData("cifar-100", 100, "a photo of apple.", "a photo of worm.")]
    [InlineData("eurosat", 10, "a centered satellite photo of annual crop land.", "a centered satellite photo of lake or sea.")]
    [InlineData("svhn", 10, "a street sign of the number: \"0\".", "a street sign of the number: \"9\".")]
    [InlineData("hateful-memes", 2, "a meme.", "a hatespeech meme.")]
    [InlineData("fairface", 21, "a photo of a white man", "a photo of a suspicious person")]
    public void Preset_Prompts_AreThePrintedOnes(string id, int classes, string first, string last)
    {
        ZeroShotTask task = TaskPresets.Find(id)!;
        (string Prompt, string Class)[] prompts = [.. task.Prompts()];

        Assert.Equal(classes, prompts.Length);
        Assert.Equal((first, last), (prompts[0].Prompt, prompts[^1].Prompt));
        Assert.Equal(classes, task.Classes.Select(one => one.Name).Distinct().Count());
        // Whatever a class is called, it is that class and none before it.
        Assert.All(task.Classes, one => Assert.All(one.Aliases.Append(one.Name).Append(one.Phrase), word => Assert.Same(one, task.Find(word))));
    }

    [Fact]
    public void Cifar100_FineNames_AreInTheOrderOfTheirNumbers()
    {
        string[] names = [.. TaskPresets.Cifar100.Classes.Select(one => one.Name)];
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal("sweet pepper", TaskPresets.Cifar100.Find("83")!.Name);
        Assert.Equal("aquarium fish", TaskPresets.Cifar100.Find("aquarium_fish")!.Name);
    }

    [Fact]
    public void FairFace_Articles_FitTheirWords()
    {
        string[] prompts = [.. TaskPresets.FairFace.Prompts().Select(prompt => prompt.Prompt)];
        Assert.Contains("a photo of an east asian woman", prompts);
        Assert.Contains("a photo of an indian man", prompts);
        Assert.Contains("a photo of a southeast asian man", prompts);
        Assert.Contains("a photo of a latino woman", prompts);
        Assert.Contains("a photo of an orangutan", prompts);
        Assert.Equal("Latino Female", TaskPresets.FairFace.Find("Latino_Hispanic Female")!.Name);
    }

    [Theory]
    [InlineData("eurosat", "SeaLake", "lake or sea")]
    [InlineData("eurosat", "HerbaceousVegetation", "brushland or shrubland")]
    [InlineData("svhn", "10", "0")]
    [InlineData("svhn", "seven", "7")]
    [InlineData("hateful-memes", "1", "hateful")]
    [InlineData("cifar-10", "3", "cat")]
    [InlineData("cifar-10", "Automobile", "automobile")]
    public void Find_WordsOfFolders_AreTheirClasses(string id, string word, string name) => Assert.Equal(name, TaskPresets.Find(id)!.Find(word)!.Name);

    [Fact]
    public void Find_Others_AreNone() => Assert.Null(TaskPresets.Cifar10.Find("10"));

    [Fact]
    public void EuroSat_Names_AreThoseOfClipsPrompts()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SharedFolder.File("data", "class-names", "en_classnames.json")));
        Assert.Equal(
            file.RootElement.GetProperty("eurosat").EnumerateArray().Select(name => name.GetString()), TaskPresets.EuroSat.Classes.Select(one => one.Phrase));
    }

    [Fact]
    public void FairFace_PublishedTable_HasNoOtherLabels()
    {
        LabelTable table = LabelTable.Read(SharedFolder.File("data", "fairface", "fairface_label_val.csv"));
        string[] labels = [.. table.Labels(TaskPresets.FairFace.LabelColumns).Distinct()];

        Assert.Equal(10_954, table.Rows.Count);
        Assert.Equal("val/1.jpg", table.Files()[0]);
        Assert.Equal(14, labels.Select(label => TaskPresets.FairFace.Find(label)!.Name).Distinct().Count());
    }

    [Fact]
    public void With_SeveralTemplates_IsAnEnsembleClassByClass()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["t.txt"], ["one {}", "", "two {c}"]);

        ZeroShotTask task = TaskPresets.HatefulMemes.With(["a {}", folder["t.txt"]]);

        Assert.Equal(
            [("a meme", "not hateful"), ("one meme", "not hateful"), ("two meme", "not hateful"), ("a hatespeech meme", "hateful"),
                ("one hatespeech meme", "hateful"), ("two hatespeech meme", "hateful")],
            task.Prompts());
        Assert.Contains("no {}", Assert.Throws<EmbeddingDataException>(() => task.With(["a photo"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClassFile_NamesAndAliases_AreRead()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["classes.txt"], "tench\tn01440764\ngoldfish\tn01443537\n");
        IReadOnlyList<TaskClass> classes = ClassFile.Read(folder["classes.txt"]);
        Assert.Equal(["tench", "goldfish"], classes.Select(one => one.Phrase));
        Assert.Equal(["n01440764"], classes[0].Aliases);

        File.WriteAllText(folder["classes.txt"], "tench\n");
        Assert.Contains("1 classes", Assert.Throws<EmbeddingDataException>(() => ClassFile.Read(folder["classes.txt"])).Message, StringComparison.Ordinal);
        File.WriteAllText(folder["classes.txt"], "tench\ncat\ntench\n");
        Assert.Contains("twice", Assert.Throws<EmbeddingDataException>(() => ClassFile.Read(folder["classes.txt"])).Message, StringComparison.Ordinal);
    }
}
