using ModalityGap.Corrections;
using ModalityGap.Deployment;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;
using ModalityGap.Tests.Sources;

namespace ModalityGap.Tests.Corrections;

/// <summary>Corrections of scores: against their formulas, and baked into vectors.</summary>
public sealed class ScoreCorrectionTests
{
    private const int Items = 150, Dimensions = 20;

    private static readonly PairedEmbeddings Documents = Rows.Cones(Items, Dimensions, 221);

    // Other texts of the same items ask.
    private static readonly UnitEmbeddings Queries = Rows.Unit(new Modality("question"), Rows.All(Documents.Second)
        .Select((row, i) => Rows.Plus(row, Rows.Unit(Rows.Gaussian(new RandomStream(222).Fork("query", i), Dimensions)), 0.5)));

    private static readonly int[] Matches = [.. Enumerable.Range(0, Items)];

    public static TheoryData<string> Ids { get; } = [.. CorrectionCatalog.OfScores.Select(correction => correction.Info.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Bake_OfEveryCorrection_RanksAsTheFormulaDoes(string id)
    {
        FittedScores fitted = Of(id).Fit(Sample());
        EmbeddingSet first = fitted.Bake(RowRole.Documents(Modality.Image), Documents.First);
        EmbeddingSet second = fitted.Bake(RowRole.Documents(Modality.Text), Documents.Second);
        EmbeddingSet queries = fitted.Bake(RowRole.Queries(Queries.Modality), Queries);
        Assert.Equal(Dimensions + 1, first.Dimensions);
        double[][] bank = Rows.All(Queries), x = Rows.All(Documents.First), y = Rows.All(Documents.Second);
        double[][] draws = [Draws(id, bank, x, 0), Draws(id, bank, y, 1)];
        for (int i = 0; i < Items; i++)
        {
            double[] formula = [.. Scores(bank[i], x, id, draws[0], 0), .. Scores(bank[i], y, id, draws[1], 1)];
            double[] baked = [.. Products(queries.Row(i), first), .. Products(queries.Row(i), second)];
            // They differ by what depends on the query alone, so differences agree, and with them every rank.
            double shift = baked[0] - formula[0];
            new Tolerance(1e-5, 3e-5).Check(formula, [.. baked.Select(score => score - shift)], $"{id}, query {i}");
            AssertSameRanking(formula, baked, $"{id}, query {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Save_ThenLoad_BakesTheSameBits(string id)
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "gap.json");
        CorrectionSample rows = new(Documents.First, Documents.Second, [.. Matches.Select(i => (i, i))], Queries);
        FittedCorrection vectors = new MeanRemoval().Fit(rows);
        FittedScores scores = Of(id).Fit(new ScoreSample(
            vectors.Apply(RowRole.Queries(Queries.Modality), Queries),
            vectors.ApplyToFirst(Documents.First),
            vectors.ApplyToSecond(Documents.Second),
            Matches,
            Matches));
        FittedCorrection both = vectors.With(scores);
        CorrectionFile.Save(path, both);
        FittedCorrection loaded = CorrectionFile.Load(path);
        Assert.Equal($"mean-removal+{id}", loaded.Id);
        foreach ((RowRole role, UnitEmbeddings set) in new[]
            { (RowRole.Documents(Modality.Image), Documents.First), (RowRole.Documents(Modality.Text), Documents.Second), (RowRole.Queries(Queries.Modality), Queries) })
            Assert.Equal(both.Bake(role, set).Values, loaded.Bake(role, set).Values);
        Assert.Equal(both.Bake(RowRole.Documents(Modality.Image), Documents.First).Values, scores.Bake(RowRole.Documents(Modality.Image), vectors.ApplyToFirst(Documents.First)).Values);
        Assert.Throws<InvalidOperationException>(() => both.With(scores));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Bake_OfABlock_GivesTheBitsOfAllRows(string id)
    {
        FittedCorrection vectors = new Whitening().Fit(CorrectionSample.Of(Documents));
        FittedCorrection both = vectors.With(Of(id).Fit(new ScoreSample(
            Queries, vectors.ApplyToFirst(Documents.First), vectors.ApplyToSecond(Documents.Second), Matches, Matches)));
        Assert.Equal(Dimensions + 1, both.BakedDimensions);
        foreach (RowRole role in new[] { RowRole.Documents(Modality.Text), RowRole.Queries(Modality.Text) })
        {
            EmbeddingSet all = both.Bake(role, Documents.Second);
            var block = new float[100 * both.BakedDimensions];
            both.Bake(role, Documents.Second.Values.AsSpan(30 * Dimensions, 100 * Dimensions), block);
            Assert.Equal(all.Values[(30 * both.BakedDimensions)..(130 * both.BakedDimensions)], block);
        }
        Assert.Throws<ArgumentException>(() => both.Bake(RowRole.Documents(Modality.Text), Documents.Second.Row(0), new float[Dimensions]));
        Assert.Equal(vectors.ApplyToFirst(Documents.First).Values, vectors.Bake(RowRole.Documents(Modality.Image), Documents.First).Values);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Fit_WithAnyNumberOfThreads_GivesTheSameBits(string id)
    {
        double[] alone = Terms(1);
        Assert.Equal(alone, Terms(3));

        double[] Terms(int threads)
        {
            FittedScores fitted = Of(id).Fit(Sample(threads));
            var terms = new double[Items];
            fitted.Terms(Modality.Image, Documents.First.Values, terms);
            return [fitted.First.Scale, fitted.First.Shift, fitted.Second.Scale, fitted.Second.Shift, .. terms];
        }
    }

    [Fact]
    public void Standardisation_OfHandMadeScores_BringsBothModalitiesToOneScale()
    {
        // Images score 0.6 and 0.8 with their queries, texts 0.96 and 1.
        UnitEmbeddings queries = Rows.Unit(new Modality("question"), [[1, 0], [0, 1]]);
        UnitEmbeddings images = Rows.Unit(Modality.Image, [[0.6, 0.8], [0.6, 0.8]]), texts = Rows.Unit(Modality.Text, [[0.96, 0.28], [0, 1]]);
        FittedScores fitted = new ScoreStandardisation().Fit(new ScoreSample(queries, images, texts, [0, 1], [0, 1]));
        Check(fitted.First, 10, -7);
        Check(fitted.Second, 50, -49);
        // The best texts are the same ones, the best image of both queries is either.
        Check(new ScoreStandardisation(pseudoPositives: true).Fit(new ScoreSample(queries, images, texts)).Second, 50, -49);

        static void Check(ScoreScale scale, double factor, double shift)
        {
            new Tolerance(1e-5, 1e-5).Check(factor, scale.Scale, "scale");
            new Tolerance(1e-5, 1e-5).Check(shift, scale.Shift, "shift");
        }
    }

    [Fact]
    public void Fit_WithoutWhatItNeeds_Refuses()
    {
        var unmatched = new ScoreSample(Queries, Documents.First, Documents.Second);
        string message = Assert.Throws<EmbeddingDataException>(() => new ScoreStandardisation().Fit(unmatched)).Message;
        Assert.Contains("0 of the queries have known documents of image", message, StringComparison.Ordinal);
        int[] one = [.. Matches.Select(i => i == 3 ? 3 : ScoreSample.NoMatch)];
        Assert.Throws<EmbeddingDataException>(() => new ScoreStandardisation().Fit(new ScoreSample(Queries, Documents.First, Documents.Second, one, Matches)));
        UnitEmbeddings same = Rows.Unit(Modality.Image, Enumerable.Repeat(new double[] { 1, 0 }, 3)), text = Rows.Unit(Modality.Text, [[0, 1]]);
        Assert.Throws<EmbeddingDataException>(() => new ScoreStandardisation().Fit(
            new ScoreSample(Rows.Unit(new Modality("question"), [[1, 0], [1, 0], [1, 0]]), same, text, [0, 1, 2], [0, 0, 0])));
        Assert.Throws<ArgumentException>(() => new ScoreSample(Queries, Documents.First, Documents.Second, [1]));
        Assert.Throws<ArgumentException>(() => new ScoreSample(Queries, Documents.First, Documents.First));
        Assert.Throws<ArgumentException>(() => Of("csls").Fit(Sample()).Scale(new Modality("sound")));
    }

    [Fact]
    public void Bank_OfAnySize_TakesTheNearestThatThereAre()
    {
        UnitEmbeddings documents = Documents.First;
        foreach ((int rows, int nearest) in new[] { (1, 5), (7, 7), (40, 5), (150, 128), (150, 1) })
        {
            UnitEmbeddings bank = Queries.Select([.. Enumerable.Range(0, rows)]);
            var draws = new double[Items];
            QueryBank.MeanOfNearest(bank, nearest, 1).Draw(documents.Values, draws);
            for (int i = 0; i < Items; i++)
                Tolerance.StoredFloat32.Check(SlowScores.MeanOfNearest(Rows.All(bank), Rows.Row(documents, i), nearest), draws[i], $"{rows} rows, {nearest} nearest, {i}");
        }
    }

    [Fact]
    public void Csls_InAGalleryWithAHub_TakesItDown()
    {
        // The hub lies in the middle of all queries, near to each; every query's own document is a little farther away.
        double[][] questions = [.. Enumerable.Range(0, 6).Select(i => Rows.Unit([Math.Cos(i), Math.Sin(i), 1]))];
        double[][] answers = [.. questions.Select(row => Rows.Unit([1.8 * row[0], 1.8 * row[1], -0.4 * row[2]])), [0, 0, 1]];
        UnitEmbeddings queries = Rows.Unit(new Modality("question"), questions), documents = Rows.Unit(Modality.Text, answers), none = Rows.Unit(Modality.Image, [[0, 0, -1]]);
        Assert.All(Enumerable.Range(0, 6), i => Assert.Equal(6, Best(i, queries.Row(i).ToArray(), documents.Values, 3)));
        FittedScores fitted = BankCorrection.Csls(3).Fit(new ScoreSample(queries, none, documents));
        EmbeddingSet bakedQueries = fitted.Bake(RowRole.Queries(queries.Modality), queries), baked = fitted.Bake(RowRole.Documents(Modality.Text), documents);
        Assert.All(Enumerable.Range(0, 6), i => Assert.Equal(i, Best(i, bakedQueries.Row(i).ToArray(), baked.Values, 4)));

        static int Best(int i, float[] query, float[] documents, int d) =>
            Enumerable.Range(0, documents.Length / d).MaxBy(j => Dot.Float64(query, documents.AsSpan(j * d, d)));
    }

    [Fact]
    public void GapBias_OfAShiftWithoutNorms_RanksAsTheShiftDoes()
    {
        double[] gap = Rows.Plus(SlowMoments.Mean(Rows.All(Documents.First)), SlowMoments.Mean(Rows.All(Documents.Second)), -1);
        FittedScores fitted = new GapBias(-0.3).Fit(Sample());
        var terms = new double[Items];
        fitted.Terms(Modality.Text, Documents.Second.Values, terms);
        double[] query = Rows.Plus(Rows.Row(Queries, 0), gap, -0.3);
        double[] shifted = [.. Rows.All(Documents.Second).Select(row => SlowScores.Dot(query, row))];
        double[] biased = [.. Rows.All(Documents.Second).Select((row, j) => SlowScores.Dot(Rows.Row(Queries, 0), row) + terms[j])];
        new Tolerance(1e-6, 1e-6).Check(shifted, biased, "(x - αΔ)·t");
    }

    private static double[] Draws(string id, double[][] bank, double[][] documents, int modality)
    {
        double[] gap = Rows.Plus(SlowMoments.Mean(Rows.All(Documents.First)), SlowMoments.Mean(Rows.All(Documents.Second)), -1);
        return id switch
        {
            "nearest-neighbour-normalisation" => [.. documents.Select(row => 0.75 * SlowScores.MeanOfNearest(bank, row, 128))],
            "csls" => [.. documents.Select(row => SlowScores.MeanOfNearest(bank, row, 10))],
            "inverted-softmax" => [.. documents.Select(row => SlowScores.LogSum(bank, row, 20) / 20)],
            "gap-bias" => [.. documents.Select(row => 0.5 * SlowScores.Dot(gap, row))],
            _ => [.. documents.Select(_ => 0.0)],
        };
    }

    private static IEnumerable<double> Scores(double[] query, double[][] documents, string id, double[] draws, int modality)
    {
        (double mean, double deviation) = id switch
        {
            "score-standardisation" => SlowScores.Moments(documents.Select((row, i) => SlowScores.Dot(Rows.Row(Queries, i), row))),
            "pseudo-positive-standardisation" => SlowScores.Moments(Rows.All(Queries).Select(asking => documents.Max(row => SlowScores.Dot(asking, row)))),
            "csls" => (0, 0.5),
            _ => (0, 1),
        };
        return documents.Select((row, j) => (SlowScores.Dot(query, row) - mean) / deviation - draws[j]);
    }

    private static double[] Products(ReadOnlySpan<float> query, EmbeddingSet documents)
    {
        double[] products = new double[documents.Rows];
        for (int j = 0; j < products.Length; j++)
            products[j] = Dot.Float64(query, documents.Row(j));
        return products;
    }

    // Scores that lie nearer to each other than rounding may change places.
    private static void AssertSameRanking(double[] expected, double[] actual, string what)
    {
        int[] order = [.. Enumerable.Range(0, expected.Length).OrderByDescending(j => actual[j])];
        Assert.True(expected[order[0]] >= expected.Max() - 2e-5, what);
        for (int k = 1; k < order.Length; k++)
            Assert.True(expected[order[k - 1]] >= expected[order[k]] - 2e-5, $"{what}: places {k - 1} and {k}");
    }

    private static IScoreCorrection Of(string id) => CorrectionCatalog.OfScores.Single(correction => correction.Info.Id == id);

    private static ScoreSample Sample(int threads = 2) =>
        new(Queries, Documents.First, Documents.Second, Matches, Matches) { Work = new WorkContext(threads) };
}
