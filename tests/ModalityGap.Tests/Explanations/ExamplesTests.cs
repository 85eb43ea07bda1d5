using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Sources;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Explanations;

public sealed class ExamplesTests
{
    private static readonly JsonSerializerOptions TwelveDigits = new() { Converters = { new Rounded() } };

    public static TheoryData<string> Samples { get; } = [.. PairSamples.Names.Select(row => row.Data), "two texts each", "one to twelve texts", "many of both"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Compute_AgainstLookingAtEverything_PicksTheSame(string sample)
    {
        PairedEmbeddings pairs = Of(sample);

        PairExamples picked = Examples.Compute(Rows.Evidence(pairs));

        PairExamples expected = SlowExamples.Of(pairs);
        Assert.Equal(AsText(expected.Impostors), AsText(picked.Impostors));
        for (int way = 0; way < 2; way++)
        {
            Assert.Equal(AsText(expected.Searches[way].Worst), AsText(picked.Searches[way].Worst));
            Assert.Equal(AsText(expected.Searches[way].Best), AsText(picked.Searches[way].Best));
            Assert.Equal(AsText(expected.Searches[way].Hubs), AsText(picked.Searches[way].Hubs));
        }
    }

    [Theory]
    [InlineData("three hundred items")]
    [InlineData("duplicates")]
    [InlineData("one to twelve texts")]
    public void Compute_OnAnyNumberOfThreads_PicksTheSame(string sample)
    {
        PairedEmbeddings pairs = Of(sample);
        string alone = AsText([Examples.Compute(Rows.Evidence(pairs, threads: 1))]);

        Assert.Equal(alone, AsText([Examples.Compute(Rows.Evidence(pairs, threads: 5))]));
    }

    [Fact]
    public void Compute_ThreePicturesOneCanDraw_NamesTheSwapAndTheHub()
    {
        // Cat and dog point at each other's words, the car at its own.
        PairedEmbeddings pairs = Named(
            [[1, 0, 0], [0, 1, 0], [0, 0, 1]], ["a photo of a cat", "a photo of a dog", "a photo of a car"],
            [[0.6, 0.8, 0], [0.8, 0.6, 0], [0, 0, 1]], ["cat", "dog", "car"]);

        PairExamples examples = Examples.Compute(Rows.Evidence(pairs));

        MatchExample worst = examples.Searches[0].Worst[0];
        Assert.Equal(("a photo of a cat", "cat", 2, "dog"), (worst.Query.Name, worst.Partner.Name, worst.Rank, worst.Rival.Name));
        Assert.Equal((0.6, 0.8), (Math.Round(worst.Cosine, 6), Math.Round(worst.RivalCosine, 6)));
        MatchExample best = examples.Searches[1].Best[0];
        Assert.Equal(("car", "a photo of a car", 1), (best.Query.Name, best.Partner.Name, best.Rank));
        Assert.Equal(["a photo of a cat > dog", "a photo of a dog > cat"], examples.Impostors.Take(2).Select(one => $"{one.First.Name} > {one.Second.Name}"));
        Assert.Equal((2, 2), (examples.Impostors[0].FirstPartnerRank, examples.Impostors[0].SecondPartnerRank));
        Assert.Equal(0.6, examples.Impostors[0].SecondPartnerCosine, 6);
        Assert.Empty(examples.Searches[0].Hubs);
    }

    [Fact]
    public void Hubs_OneDocumentNearEveryQuery_LeadsTheListWithItsNearestQueries()
    {
        PairedEmbeddings cones = Rows.Cones(60, 40, 52, axis: 0, shared: 0);
        double[][] documents = Rows.All(cones.Second);
        documents[7] = Rows.All(cones.First).Aggregate(new double[40], (sum, row) => Rows.Plus(sum, row));
        PairedEmbeddings pairs = Rows.Pair(Rows.All(cones.First), documents);

        HubExample hub = Examples.Compute(Rows.Evidence(pairs)).Searches[0].Hubs[0];

        Assert.Equal(7, hub.Document.Row);
        Assert.Equal(Rows.Measure(pairs)["hubness-largest-count/image-to-text"].Estimate!.Value, hub.Lists);
        Assert.Equal(
            Enumerable.Range(0, 60).Where(i => i != 7).OrderByDescending(i => SlowCosines.Of(pairs.First.Row(i), pairs.Second.Row(7))).Take(3),
            hub.Queries.Select(query => query.Row));
    }

    [Fact]
    public void Impostors_AClusterOfDuplicates_DoesNotFillTheList()
    {
        IReadOnlyList<ImpostorExample> impostors = Examples.Compute(Rows.Evidence(PairSamples.Of("duplicates"))).Impostors;

        Assert.Equal(8, impostors.Count);
        Assert.Equal(8, impostors.Select(one => one.First.Row).Distinct().Count());
        Assert.Equal(8, impostors.Select(one => one.Second.Row).Distinct().Count());
    }

    [Fact]
    public void Rows_WithoutCaptionOrId_AreCalledByTheirPlaceInTheFile()
    {
        EmbeddingSet image = new(Modality.Image, [1, 0, 0, 0, 0, 1, 1, 1], 2, names: new RowNames { Ids = ["a", "b", "c", ""], Captions = ["", " ", "a cat", ""] });
        EmbeddingSet text = new(Modality.Text, [1, 0, 1, 0, 0, 1, 1, 1], 2, names: new RowNames { Labels = ["x", "y", "", "z"] });

        PairExamples examples = GapAnalysis.Run([image, text], new AnalysisOptions { SkipInvalid = true }).Pairs[0].Examples!;

        MatchExample[] all = [.. examples.Searches[0].Worst.OrderBy(one => one.Query.Row)];
        Assert.Equal(["a", "a cat", "row 3"], all.Select(one => one.Query.Name));
        Assert.Equal(["row 0", "row 2", "row 3"], all.Select(one => one.Partner.Name));
        Assert.Equal(["x", null, "z"], all.Select(one => one.Partner.Label));
    }

    [Fact]
    public void Rows_WithWholeDocuments_AreCut()
    {
        string document = new string('x', 198) + "😀" + new string('y', 1_000_000);
        PairedEmbeddings pairs = Named([[1, 0], [0, 1]], [document, "b"], [[1, 0], [0, 1]], ["c", new string('z', 200)]);

        MatchExample[] worst = [.. Examples.Compute(Rows.Evidence(pairs)).Searches[0].Worst.OrderBy(one => one.Query.Row)];

        Assert.Equal(new string('x', 198) + "…", worst[0].Query.Caption);
        Assert.Equal(new string('z', 200), worst[1].Partner.Caption);
    }

    [Fact]
    public void Json_WithExamples_ComesBackAndWithoutThemStillReads()
    {
        AnalysisResult result = GapAnalysis.Run(BuiltInSample.Create(), cancellation: TestContext.Current.CancellationToken);
        string text = Analysis.AnalysisSamples.Json(result);
        JsonNode older = JsonNode.Parse(text)!;
        older["pairs"]![0]!.AsObject().Remove("examples");
        older["pairs"]![0]!["map"]!.AsObject().Remove("firstNames");

        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(older.ToJsonString()));
        PairResult read = AnalysisJson.Read(stream).Pairs[0];

        Assert.Null(read.Examples);
        Assert.Null(read.Map.FirstNames);
        Assert.Equal("item-000", read.Map.SecondNames![0]);
        Assert.Equal(PairExamples.Listed, result.Pairs[0].Examples!.Impostors.Count);
        Assert.DoesNotContain("\"name\":", text, StringComparison.Ordinal);
    }

    private static PairedEmbeddings Of(string sample) => sample switch
    {
        "two texts each" => Rows.Captioned(90, 20, 3, 2),
        "one to twelve texts" => Rows.Captioned(60, 12, 4, 1, 12, 3),
        "many of both" => ManyOfBoth(),
        _ => PairSamples.Of(sample),
    };

    private static PairedEmbeddings ManyOfBoth()
    {
        PairedEmbeddings cones = Rows.Cones(120, 16, 77);
        int[] first = [.. Enumerable.Range(0, 120).Select(row => row % 30)], second = [.. Enumerable.Range(0, 120).Select(row => row / 4)];
        return new PairedEmbeddings(cones.First, cones.Second, first, second, 30);
    }

    private static PairedEmbeddings Named(double[][] first, string[] firstCaptions, double[][] second, string[] secondCaptions)
    {
        static UnitEmbeddings Set(Modality modality, double[][] rows, string[] captions) => UnitEmbeddings.Normalize(new EmbeddingSet(
            modality, [.. rows.SelectMany(row => row).Select(value => (float)value)], rows[0].Length, names: new RowNames { Captions = captions }));

        return PairedEmbeddings.ByRow(Set(Modality.Image, first, firstCaptions), Set(Modality.Text, second, secondCaptions));
    }

    // Records with lists have no useful equality; their JSON has.
    private static string AsText<T>(IReadOnlyList<T> records) => JsonSerializer.Serialize(records, TwelveDigits);

    /// <summary>A plain loop adds in another order than the kernel: the last digits of a double differ.</summary>
    private sealed class Rounded : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(Math.Round(value, 12) + 0.0);
    }
}
