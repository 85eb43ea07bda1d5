using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Evaluation;

public sealed class ClassTextsTests
{
    [Fact]
    public void Of_SeveralPrompts_IsTheirNormalisedMean()
    {
        ClassTexts classes = ClassTexts.Of(Rows.Unit(Modality.Text, [[1, 0], [0, 2], [0, 1], [-3, 0]]), ["right", "both", "right", "both"]);

        Assert.Equal(["right", "both"], classes.Names);
        Assert.Equal([2, 2], classes.Prompts);
        double half = Math.Sqrt(0.5);
        Tolerance.StoredFloat32.Check([half, half, -half, half], [.. Rows.All(classes.Rows).SelectMany(row => row)], "texts");
    }

    [Fact]
    public void Of_OnePrompt_KeepsItsBits()
    {
        UnitEmbeddings prompts = Rows.Cones(7, 9, 71).Second;

        ClassTexts classes = ClassTexts.Of(prompts, [.. Enumerable.Range(0, 7).Select(c => $"class {c}")]);

        for (int c = 0; c < 7; c++)
            Assert.Equal(prompts.Row(c).ToArray(), classes.Rows.Row(c).ToArray());
    }

    [Fact]
    public void Of_BadClasses_SaysWhatIsWrong()
    {
        UnitEmbeddings prompts = Rows.Unit(Modality.Text, [[1, 0], [-1, 0], [0, 1]]);

        Assert.Contains("cancel out", Fault(() => ClassTexts.Of(prompts, ["a", "a", "b"])), StringComparison.Ordinal);
        Assert.Contains("of one class, \"a\"", Fault(() => ClassTexts.Of(prompts, ["a", "a", "a"])), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ClassTexts.Of(prompts, ["a", "b"]));
    }

    [Fact]
    public void IndicesOf_LabelsWithoutAClass_NamesThem()
    {
        ClassTexts classes = ClassTexts.Of(Rows.Unit(Modality.Text, [[1, 0], [0, 1]]), ["cat", "dog"]);

        Assert.Equal([1, 0, 1], classes.IndicesOf(["dog", "cat", "dog"], "labels.txt"));
        string fault = Fault(() => classes.IndicesOf(["dog", "cow", "cow", "hen"], "labels.txt"));
        Assert.StartsWith("labels.txt: 2 of its labels name no class that has a text: \"cow\", \"hen\".", fault, StringComparison.Ordinal);
        Assert.Contains("\"cat\", \"dog\"", fault, StringComparison.Ordinal);
    }

    private static string Fault(Action action) => Assert.Throws<EmbeddingDataException>(action).Message;
}
