using ModalityGap.Embeddings;
using ModalityGap.Lab.Reproduction;
using ModalityGap.Lab.Reproduction.Experiments;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Reproduction;

/// <summary>Every experiment at its quick setting, and how runs are kept and continued.</summary>
public sealed class ExperimentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> WithoutFiles =>
        [.. ExperimentCatalog.All.Where(experiment => experiment.Needs == Material.None).Select(experiment => experiment.Id)];

    /// <summary>Grids of trainings take minutes together; these have cells that are fine-tuned, and models that are kept.</summary>
    private static readonly string[] TrainingsAlways = ["temperature-and-gap", "skin-tones"];

    [Theory]
    [MemberData(nameof(WithoutFiles))]
    public void Run_Quick_SettlesItsClaimsAndCanBeReadAgain(string id)
    {
        bool isSlow = ExperimentCatalog.Find(id)!.Runs(Effort.Quick) > 1 && !TrainingsAlways.Contains(id);
        Assert.SkipWhen(isSlow && Environment.GetEnvironmentVariable("MODGAP_SLOW_TESTS") != "1", "a grid of trainings: set MODGAP_SLOW_TESTS=1 to run it");
        ExperimentResult result = Run(id);

        Assert.Equal(ClaimList.Of(id).Select(claim => claim.Id), result.Claims.Select(claim => claim.Id));
        // Only an experiment that looks at what a user may bring can lack it.
        bool mayLack = (ExperimentCatalog.Find(id)!.Uses & ~Material.Data) != Material.None;
        Assert.All(result.Claims, claim => Assert.True(claim.Remark.Length > 10, claim.Id));
        Assert.All(result.Claims, claim => Assert.True(claim.Status == ClaimStatus.Needs ? mayLack && claim.Ours.Count == 0 : claim.Ours.Count > 0, claim.Id));
        Assert.All(result.Claims.SelectMany(claim => claim.Ours), one => Assert.True(double.IsFinite(one.Estimate.Value), one.Name));
        string text = File.ReadAllText(folder[$"{id}/result.json"]);
        Assert.Equal(text, ReproductionJson.ToText(ReproductionJson.Read(text)));
        Assert.Equal(result.Charts.Count, Directory.GetFiles(folder[id], "*.svg").Length);
        Assert.Equal(result.Tables.Count, Directory.GetFiles(folder[id], "*.csv").Length);
        Assert.False(Directory.Exists(folder[$"{id}/parts"]));
    }

    [Fact]
    public void Minutes_FullWithNothingBrought_StayBelowThreeHoursAndSixOfTrainings()
    {
        ILookup<bool, IExperiment> trains = ExperimentCatalog.All.ToLookup(experiment => experiment is GridExperiment or SeparateCones);

        Assert.InRange(trains[false].Sum(experiment => experiment.Minutes(Effort.Full, new GivenMaterial())), 30, 180);
        Assert.InRange(trains[true].Sum(experiment => experiment.Minutes(Effort.Full, new GivenMaterial())), 60, 360);
    }

    [Fact]
    public void Minutes_OfPicturesThatAreBrought_AreThoseOfEachModelAndFolder()
    {
        IExperiment cones = ExperimentCatalog.Find("supplementary-figure-14")!;
        var brought = new GivenMaterial { Models = ["a", "b"], Images = new Dictionary<string, string> { ["one"] = "x", ["two"] = "y" } };

        Assert.Equal(0, cones.Minutes(Effort.Full, new GivenMaterial()));
        Assert.Equal(4 * cones.Minutes(Effort.Full), cones.Minutes(Effort.Full, brought));
    }

    [Theory]
    [InlineData("figure-2b")]
    [InlineData("theorem-2")]
    [InlineData("contrastive-gap")]
    public void Run_OtherThreads_FindsTheSame(string id)
    {
        ExperimentResult one = Run(id, threads: 1), two = Run(id, threads: 3);

        Assert.Equal(Numbers(one), Numbers(two));

        static string Numbers(ExperimentResult result) =>
            ReproductionJson.ToText(result with { Seconds = 0, Environment = result.Environment with { Threads = 0 } });
    }

    [Fact]
    public void Run_Theorem1_GrowsWhereTheConditionHoldsAndShrinksFarBeyond()
    {
        ExperimentResult result = Run("theorem-1");
        IReadOnlyList<OwnNumber> ours = result.Claims.First(claim => claim.Id == "theorem-1").Ours;
        Assert.True(ours[0].Estimate.Value > 0.5);
        Assert.True(ours[1].Estimate.Value < 0.5);
        Assert.Equal(ClaimStatus.Reproduced, result.Claims.First(claim => claim.Id == "lemma-3").Status);
        Assert.Equal(ClaimStatus.Reproduced, result.Claims.First(claim => claim.Id == "theorem-1-bound").Status);
    }

    [Fact]
    public void Run_Theorem2_StaysAboveTheBound() =>
        Assert.All(Run("theorem-2").Claims[0].Ours.Chunk(2), layer => Assert.True(layer[0].Estimate.High >= layer[1].Estimate.Low, layer[0].Name));

    [Fact]
    public void Run_Interrupted_ContinuesWithTheSameNumbers()
    {
        string whole = Curves(Run("figure-2b"));
        Directory.Delete(folder["figure-2b"], recursive: true);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => ExperimentRun.Run(
            ExperimentCatalog.Find("figure-2b")!, new RunOptions(), new ResultFolder(folder.Path), (stage, done) =>
            {
                if (done > 0.4)
                    stop.Cancel();
            }, stop.Token));
        int kept = Directory.GetFiles(folder["figure-2b/parts"]).Length;
        Assert.InRange(kept, 3, 40);
        DateTime then = File.GetLastWriteTimeUtc(folder["figure-2b/parts/relu-1.json"]);

        Assert.Equal(whole, Curves(Run("figure-2b", see: () => Assert.Equal(then, File.GetLastWriteTimeUtc(folder["figure-2b/parts/relu-1.json"])))));

        static string Curves(ExperimentResult result) => string.Join('\n', result.Tables[0].Rows.Select(row => string.Join(',', row)));
    }

    [Fact]
    public void Run_PartsOfOtherSettings_AreRefused()
    {
        var parts = new PartStore(folder["x"], "seed 1");
        Assert.Equal(3, parts.Get("a", () => [[3]])[0][0]);
        Assert.Equal(3, parts.Get("a", () => throw new InvalidOperationException())[0][0]);

        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => new PartStore(folder["x"], "seed 2").Get("a", () => [[4]]));
        Assert.Contains("seed 1", refused.Message, StringComparison.Ordinal);
        File.WriteAllText(folder["x/parts/a.json"], "{");
        Assert.Contains("Delete the file", Assert.Throws<EmbeddingDataException>(() => parts.Get("a", () => [[4]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FeaturesOfThePaper_GivesTheReferenceGaps()
    {
        string[] files = [.. ((string[])["features_clip", "features_clip_random"]).Select(name => SharedFolder.File("data", "paper", name + ".npy"))];
        using var reference = System.Text.Json.JsonDocument.Parse(File.ReadAllText(SharedFolder.File("reference", "pairs.json")));
        var options = new RunOptions { Given = new GivenMaterial { Features = [.. files.Select(file => FeatureSet.Read(file, CancellationToken.None))] } };

        ExperimentResult figure = ExperimentRun.Run(ExperimentCatalog.Find("figure-1")!, options, new ResultFolder(folder.Path), null, CancellationToken.None);
        ExperimentResult landscape =
            ExperimentRun.Run(ExperimentCatalog.Find("figure-3-landscape")!, options, new ResultFolder(folder.Path), null, CancellationToken.None);

        foreach (OwnNumber gap in figure.Claims.First(claim => claim.Id == "figure-1").Ours)
            Assert.Equal(reference.RootElement.GetProperty($"paper/{gap.Name["gap, ".Length..]}.npy").GetProperty("gap").GetDouble(), gap.Estimate.Value, 1e-6);
        Assert.Equal(ClaimStatus.Reproduced, figure.Claims.First(claim => claim.Id == "c3-effective-dimensions").Status);
        Assert.Equal(ClaimStatus.Reproduced, figure.Claims.First(claim => claim.Id == "figure-1-random-accuracy").Status);
        Assert.Equal(0.85, landscape.Claims.First(claim => claim.Id == "figure-3-gap").Ours[0].Estimate.Value, 0.01);
        Assert.Equal(ClaimStatus.DirectionOnly, landscape.Claims.First(claim => claim.Id == "figure-3b-minimum").Status);
    }

    [Fact]
    public void Run_PrintedPredictions_GiveTable2()
    {
        var options = new RunOptions { Given = new GivenMaterial { Predictions = PublishedPredictions.Read(SharedFolder.File("reference", "fairface_table2.json")) } };
        ExperimentResult result = ExperimentRun.Run(ExperimentCatalog.Find("table-2")!, options, new ResultFolder(folder.Path), null, CancellationToken.None);

        ClaimOutcome asItIs = result.Claims.First(claim => claim.Id == "table-2-default");
        Assert.Equal(ClaimStatus.Differs, asItIs.Status);
        Assert.Contains("East Asian", asItIs.Remark, StringComparison.Ordinal);
        Assert.Equal(ClaimStatus.Recomputed, result.Claims.First(claim => claim.Id == "table-2-accuracy").Status);
    }

    [Fact]
    public void Read_NoPredictions_SaysWhatTheFileShouldHold()
    {
        File.WriteAllText(folder["x.json"], "{\"shifts\": 3}");
        Assert.Contains("predictions_by_race", Assert.Throws<EmbeddingDataException>(() => PublishedPredictions.Read(folder["x.json"])).Message,
            StringComparison.Ordinal);
    }

    private ExperimentResult Run(string id, int threads = 0, Action? see = null) => ExperimentRun.Run(
        ExperimentCatalog.Find(id)!, new RunOptions { Threads = threads }, new ResultFolder(folder.Path), (_, _) => see?.Invoke(), CancellationToken.None);
}
