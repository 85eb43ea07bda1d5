using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Evaluation;

public sealed class ZeroShotTests
{
    private static readonly WorkContext Work = new(2);

    [Fact]
    public void Classify_ByHand_CountsWhatTookItsOwnClass()
    {
        // Classes east, north, west; images a little off them, the fourth nearer to the wrong one.
        ClassTexts classes = ClassTexts.Of(Rows.Unit(Modality.Text, [[1, 0], [0, 1], [-1, 0]]), ["east", "north", "west"]);
        UnitEmbeddings images = Rows.Unit(Modality.Image, [[5, 1], [1, 5], [3, 2], [2, 3], [5, -1]]);

        ZeroShotResult result = ZeroShot.Classify(images, classes, [0, 1, 0, 0, 0], Work).Result();

        Assert.Equal((0.8, 5), (result.Top1.Value, result.Top1.Count));
        Assert.True(result.Top1.Low < 0.8 && result.Top1.High > 0.8);
        Assert.Contains("3 classes", result.Top5.Missing, StringComparison.Ordinal);
        Assert.Equal(0.875, result.MeanClassAccuracy.Value);
        Assert.Contains("there are 3", result.RocAuc.Missing, StringComparison.Ordinal);
        Assert.Equal(
            [("east", 4, 3), ("north", 1, 2), ("west", 0, 0)],
            result.Classes.Select(entry => (entry.Name, entry.Images, entry.Predicted)));
        Assert.Equal(0.75, result.Classes[0].Accuracy.Estimate!.Value);
        Assert.Equal("No image has this label.", result.Classes[2].Accuracy.Missing);
    }

    [Fact]
    public void Classify_AgainstALoop_IsTheSame()
    {
        PairedEmbeddings pairs = Rows.Cones(130, 17, 72);
        ClassTexts classes = ClassTexts.Of(pairs.Second.Select([.. Enumerable.Range(0, 24)]), [.. Enumerable.Range(0, 24).Select(row => $"class {row % 12}")]);
        int[] labels = [.. Enumerable.Range(0, 130).Select(i => i % 12)];

        ZeroShot zeroShot = ZeroShot.Classify(pairs.First, classes, labels, Work);

        for (int i = 0; i < 130; i++)
            Assert.Equal(SlowRanks.Of(pairs.First, classes.Rows, i, labels[i]), (zeroShot.Predicted[i], zeroShot.Ranks[i]));
        ZeroShotResult result = zeroShot.Result();
        Tolerance.Float64.Check(zeroShot.Ranks.Average(rank => rank <= 5 ? 1.0 : 0), result.Top5.Estimate!.Value, "top-5");
        Tolerance.Float64.Check(
            Enumerable.Range(0, 12).Average(c => Enumerable.Range(0, 130).Where(i => labels[i] == c).Average(i => zeroShot.Predicted[i] == c ? 1.0 : 0)),
            result.MeanClassAccuracy.Value,
            "mean over classes");
    }

    // SciPy's and scikit-learn's value: roc_auc_score([0,0,1,1,0,1,0,1], [.1,.4,.35,.8,.4,.4,.2,.9]).
    [Fact]
    public void RocArea_AgainstScikitLearn_Agrees()
    {
        Estimate area = RocCurve.Area([0.35, 0.8, 0.4, 0.9], [0.1, 0.4, 0.4, 0.2]);

        Assert.Equal(0.8125, area.Value);
        Assert.True(area.Low is > 0.4 and < 0.8125 && area.High is <= 1 and > 0.8125);
        Assert.Null(RocCurve.Area([3, 4], [1, 2]).Low);
    }

    [Fact]
    public void RocAuc_OfTwoClasses_OrdersAsTheSoftmaxDoes()
    {
        PairedEmbeddings pairs = Rows.Cones(60, 12, 73);
        ClassTexts classes = ClassTexts.Of(pairs.Second.Select([0, 1]), ["a", "b"]);
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? 1 : 0)];

        ZeroShotResult result = ZeroShot.Classify(pairs.First, classes, labels, Work).Result();

        double[] softmax = [.. Enumerable.Range(0, 60).Select(i =>
        {
            double[] image = Rows.Row(pairs.First, i);
            double a = Math.Exp(10 * SlowRanks.Dot(image, Rows.Row(classes.Rows, 0))), b = Math.Exp(10 * SlowRanks.Dot(image, Rows.Row(classes.Rows, 1)));
            return b / (a + b);
        })];
        double won = 0;
        for (int i = 0; i < 60; i++)
            for (int j = 0; j < 60; j++)
                if (labels[i] == 1 && labels[j] == 0)
                    won += softmax[i] > softmax[j] ? 1 : softmax[i] == softmax[j] ? 0.5 : 0;
        Tolerance.Float64.Check(won / (20 * 40), result.RocAuc.Estimate!.Value, "area");
        Assert.Contains("one class", ZeroShot.Classify(pairs.First, classes, new int[60], Work).Result().RocAuc.Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_TextsOfAnotherModel_IsRefused()
    {
        ClassTexts classes = ClassTexts.Of(Rows.Unit(Modality.Text, [[1, 0], [0, 1]]), ["a", "b"]);

        string fault = Assert.Throws<EmbeddingDataException>(() => ZeroShot.Classify(Rows.Cones(5, 3, 1).First, classes, new int[5], Work)).Message;

        Assert.Contains("have 2 dimensions, image rows 3", fault, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ZeroShot.Classify(Rows.Unit(Modality.Image, [[1, 0]]), classes, [0, 1], Work));
    }

    [Fact]
    public void Concentration_ByHand_IsTheFormula()
    {
        // Counts 4, 0, 1 of three classes: G = 2 (1*0 + 2*1 + 3*4) / (3 * 5) - 4/3 = 8/15.
        ClassTexts classes = ClassTexts.Of(Rows.Unit(Modality.Text, [[1, 0], [0, 1], [-1, 0]]), ["a", "b", "c"]);
        UnitEmbeddings images = Rows.Unit(Modality.Image, [[1, 0], [1, 0], [1, 0], [1, 0], [-1, 0]]);

        PredictionConcentration predictions = PredictionConcentration.Of(images, classes, [0, 0, 0, 0, 2], [0, 1, 2, 1, 0]);

        Tolerance.Float64.Check(8 / 15.0, predictions.PredictedGini.Value, "Gini");
        Tolerance.Float64.Check(2 * (1 * 1 + 2 * 2 + 3 * 2) / 15.0 - 4 / 3.0, predictions.LabelGini.Value, "label Gini");
        Tolerance.Float64.Check((-0.8 * Math.Log(0.8) - 0.2 * Math.Log(0.2)) / Math.Log(3), predictions.NormalizedEntropy.Value, "entropy");
        // g = mean image (0.6, 0) less mean text (0, 1/3).
        Tolerance.StoredFloat32.Check([-0.6, 1 / 3.0, 0.6], predictions.ClassBias, "bias");
        Tolerance.Float64.Check(-0.5, predictions.BiasCorrelation.Estimate!.Value, "correlation");
    }

    [Fact]
    public void Bias_OfAClass_SaysWhatAShiftAddsToItsScore()
    {
        // x - αg against t + αg, without norms: s' - s of class c is a constant of the image + α b_c.
        PairedEmbeddings pairs = Rows.Cones(40, 8, 74);
        ClassTexts classes = ClassTexts.Of(pairs.Second.Select([0, 1, 2, 3]), ["a", "b", "c", "d"]);
        double[] bias = PredictionConcentration.Bias(pairs.First, classes), g = GapAlong.Between(pairs.First, classes.Rows).Vector;
        const double alpha = 0.5;
        for (int i = 0; i < 5; i++)
        {
            double[] image = Rows.Row(pairs.First, i);
            double[] gains = [.. Enumerable.Range(0, 4).Select(c =>
            {
                double[] text = Rows.Row(classes.Rows, c);
                return SlowRanks.Dot(Rows.Plus(image, g, -alpha), Rows.Plus(text, g, alpha)) - SlowRanks.Dot(image, text) - alpha * bias[c];
            })];
            Assert.All(gains, gain => Tolerance.Float64.Check(gains[0], gain, "the gain that all classes share"));
        }
    }

    [Fact]
    public void Change_ByHand_NamesWhereTheHarmedWent()
    {
        PredictionChange change = PredictionChange.Between(
            ["a", "b", "c"], [1, 1, 1, 0, 1, 0], [0, 0, 1, 1, 0, 0], [2, 2, 0, 1, 1, 1], new RandomStream(1));

        Assert.Equal((3, 1), (change.RightToWrong, change.WrongToRight));
        Assert.Equal([("c", 2), ("b", 1)], change.Destinations.Select(destination => (destination.Class, destination.Images)));
        Tolerance.Float64.Check(-2 / 6.0, change.Difference.Value, "difference");
        Assert.Equal(0.625, change.McNemar.Value);
        Assert.True(change.Difference.Low <= change.Difference.Value && change.Difference.Value <= change.Difference.High);
    }
}
