using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Sources;
using ModalityGap.Testing;

namespace ModalityGap.Tests.Selection;

/// <summary>The choice on real rows.</summary>
public sealed class RealSelectionTests
{
    /// <summary>
    /// EEG asks for images and texts of 200 things: near .18 raw, .21 after mean removal, .21 after whitening, as means of many splits. One
    /// split of 200 queries has a standard error of 0.03 and a spread of its own, hence 0.04.
    /// </summary>
    [Fact]
    public void Things_HasTheKnownNumbersAndNoPlaceboHelps()
    {
        EmbeddingSet[] sets = [Things("img_vith14", "image"), Things("text_vith14", "text"), Things("eeg_sub08", "eeg")];

        (CorrectionResult result, _) = CorrectionSelection.Run(sets, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(("eeg", "image", "text"), (result.Query, result.First, result.Second));
        Assert.Equal(0.18, Goal(result, "do-nothing"), 0.04);
        Assert.Equal(0.21, Goal(result, "mean-removal"), 0.04);
        Assert.Equal(0.21, Goal(result, "whitening"), 0.04);
        Assert.True(Goal(result, "mean-removal") > Goal(result, "do-nothing"));
        Assert.All(result.Candidates.Where(candidate => candidate.IsPlacebo), placebo =>
        {
            Assert.True(placebo.Search!.Goal.Difference.Low <= 0, placebo.Id);
            Assert.NotEqual(placebo.Id, result.Advice.Action);
        });
        Assert.Equal(2, result.Filters.Count);
        Assert.True(result.SampleSizes.Count > 2);
    }

    /// <summary>The sample's own README: .224 raw and .455 after mean removal on other splits.</summary>
    [Fact]
    public void Emoji_GainsFarBeyondItsIntervalAndLosesNoPlainRecall()
    {
        string folder = Path.Combine(SharedFolder.RepositoryRoot, "samples", "emoji");
        EmbeddingSet[] sets =
        [
            EmbeddingFile.Read(Path.Combine(folder, "images.npy"), new ReadOptions { Modalities = ["image"] })[0],
            EmbeddingFile.Read(Path.Combine(folder, "texts.npy"), new ReadOptions { Modalities = ["text"] })[0],
        ];

        (CorrectionResult result, FittedCorrection? correction) = CorrectionSelection.Run(
            sets, new CorrectionOptions { TextsPerItem = 2 }, cancellation: TestContext.Current.CancellationToken);

        Assert.True(result.Advice.Proven);
        Assert.True(result.Nested.BeatsDoingNothing);
        Assert.Equal(0.224, Goal(result, "do-nothing"), 0.02);
        Assert.Equal(0.455, result.Nested.Search.Goal.Value.Value, 0.03);
        Assert.True(result.Nested.Search.Goal.Difference.Low > 0.15);
        Assert.False(result.Nested.Search.LosesPlainRecall);
        Assert.Equal(result.Advice.Action, result.Fitted);
        Assert.Equal(result.Fitted, correction!.Id);
        Assert.All(result.Filters, filter => Assert.True(filter.Goal.Value.Value < result.Nested.Search.Goal.Value.Low));
        // A handful of items teaches a mean less well than hundreds.
        Assert.True(result.SampleSizes[0].Goal.Value.Value < result.SampleSizes[^1].Goal.Value.Value);
    }

    private static double Goal(CorrectionResult result, string id) => result.Candidates.Single(candidate => candidate.Id == id).Search!.Goal.Value.Value;

    private static EmbeddingSet Things(string name, string modality) => EmbeddingFile.Read(
        SharedFolder.File("data", "things200", $"things200_{name}.npy"), new ReadOptions { Modalities = [modality] })[0];
}
