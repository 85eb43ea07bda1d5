using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Sources;
using ModalityGap.Statistics;
using ModalityGap.Testing;

namespace ModalityGap.Tests.Evaluation;

/// <summary>
/// Zero-shot classification of real embeddings, substitutes for the paper's: the emoji sample by its groups, THINGS by its concepts. The
/// numbers are those of scripts/golden_evaluation.py, from NumPy in double precision.
/// </summary>
public sealed class RealEvaluationTests
{
    private static readonly WorkContext Work = new(2);

    [Fact]
    public void Emoji_ByGroups_IsGolden()
    {
        (UnitEmbeddings images, ClassTexts classes, int[] labels, string[] groups) = Emoji();

        ZeroShot zeroShot = ZeroShot.Classify(images, classes, labels, Work);
        ZeroShotResult result = zeroShot.Result();

        Assert.Equal(9, classes.Count);
        Tolerance.Float64.Check(0.51, result.Top1.Value, "top-1");
        Tolerance.Float64.Check(0.8921428571428571, result.Top5.Estimate!.Value, "top-5");
        Tolerance.Float64.Check(0.1566666666666665, result.Predictions.PredictedGini.Value, "Gini");
        Tolerance.StoredFloat32.Check(0.4066881315799441, result.Predictions.ClassBias[0], "bias of the first class");
        GroupTable table = GroupTable.Of(
            groups, zeroShot.Predicted, classes.Names, zeroShot.Hits, [new ClassSet("people", ["people & body"])], "images.jsonl", new RandomStream(1));
        Tolerance.Float64.Check(0.03937007874015748, table.Groups.Single(row => row.Name == "smileys & emotion").Rates[0].Value, "faces taken for people");
    }

    [Fact]
    public void Emoji_AlongTheGap_IsGolden()
    {
        (UnitEmbeddings images, ClassTexts classes, int[] labels, _) = Emoji();

        (SweepResult sweep, _) = ShiftSweep.ZeroShot(images, classes, labels, ShiftConvention.All[0], new RandomStream(1), Work)!.Value;

        Tolerance.StoredFloat32.Check(0.7845967086549713, sweep.Gap, "gap");
        Tolerance.Float64.Check(0.4928571428571429, sweep.Choice!.Curve[50].Value, "top-1 at 0.5");
        Tolerance.Float64.Check(0.515, sweep.Choice.Curve[20].Value, "top-1 at -1");
        Assert.True(sweep.Choice.OnTestSet.Value >= sweep.Choice.HeldOut.Value);
    }

    [Fact]
    public void Things_ByConcepts_IsGolden()
    {
        UnitEmbeddings images = Things("img_vith14", Modality.Image), texts = Things("text_vith14", Modality.Text), eeg = Things("eeg_sub08", new Modality("eeg"));
        string[] concepts = [.. Enumerable.Range(0, 200).Select(i => $"concept {i}")];
        int[] own = [.. Enumerable.Range(0, 200)];

        ZeroShotResult imagesByText = ZeroShot.Classify(images, ClassTexts.Of(texts, concepts), own, Work).Result();
        ZeroShotResult eegByImage = ZeroShot.Classify(eeg, ClassTexts.Of(images, concepts), own, Work).Result();

        Assert.Equal((0.92, 0.985), (imagesByText.Top1.Value, imagesByText.Top5.Estimate!.Value));
        Tolerance.Float64.Check(0.14795, imagesByText.Predictions.PredictedGini.Value, "Gini of images by text");
        Assert.Equal((0.36, 0.725), (eegByImage.Top1.Value, eegByImage.Top5.Estimate!.Value));
        Tolerance.Float64.Check(0.7083, eegByImage.Predictions.PredictedGini.Value, "Gini of EEG by image");
    }

    private static (UnitEmbeddings Images, ClassTexts Classes, int[] Labels, string[] Groups) Emoji()
    {
        string folder = Path.Combine(SharedFolder.RepositoryRoot, "samples", "emoji");
        string[] groups = [.. File.ReadLines(Path.Combine(folder, "images.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("group").GetString()!)];
        UnitEmbeddings images = Read(Path.Combine(folder, "images.npy"), Modality.Image), texts = Read(Path.Combine(folder, "texts.npy"), Modality.Text);
        ClassTexts classes = ClassTexts.Of(texts, [.. groups.SelectMany(group => new[] { group, group })]);
        return (images, classes, classes.IndicesOf(groups, "images.jsonl"), groups);
    }

    private static UnitEmbeddings Things(string name, Modality modality) => Read(SharedFolder.File("data", "things200", $"things200_{name}.npy"), modality);

    private static UnitEmbeddings Read(string path, Modality modality) => UnitEmbeddings.Normalize(EmbeddingFile.Read(path)[0].As(modality));
}
