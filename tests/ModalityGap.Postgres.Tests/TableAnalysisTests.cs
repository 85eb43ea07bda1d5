using System.Globalization;
using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Postgres.Tests;

/// <summary>The analysis of a table against that of the same rows in memory.</summary>
public sealed class TableAnalysisTests(PostgresServer server)
{
    private const int Items = 300, Dimensions = 24;

    // The server forms cosines in float32 and returns means as float32.
    private const double ServerFloat32 = 1e-6;

    [Theory]
    [InlineData("vector")]
    [InlineData("halfvec")]
    public async Task Run_RowsOfTwoModalities_GivesTheNumbersOfTheRowsInMemory(string type)
    {
        (float[] x, float[] y) = Rows();
        Fill("CREATE TABLE \"odd \"\"name\" (id int, kind text, e " + type + "(24))", "\"odd \"\"name\"", x, y, twoColumns: false);
        LinearResult result = await Run(new EmbeddingTable
        {
            Table = "odd \"name",
            Columns = ["e"],
            ModalityColumn = "kind",
            Modalities = ["image", "text"],
        });
        Same(x, y, result);
    }

    [Fact]
    public async Task Run_TwoColumnsInASchema_GivesTheNumbersOfTheRowsInMemory()
    {
        (float[] x, float[] y) = Rows();
        server.Execute("DROP SCHEMA IF EXISTS shop CASCADE; CREATE SCHEMA shop");
        Fill("CREATE TABLE shop.items (id int, a vector(24), b vector(24))", "shop.items", x, y, twoColumns: true);
        Same(x, y, await Run(Columns("shop.items")));
    }

    [Fact]
    public async Task Run_NullAndZero_RefusedOrCounted()
    {
        (float[] x, float[] y) = Rows();
        Fill("CREATE TABLE faulty (id int, a vector(24), b vector(24))", "faulty", x, y, twoColumns: true);
        server.Execute("UPDATE faulty SET a = NULL WHERE id = 3; UPDATE faulty SET b = array_fill(0::real, ARRAY[24])::vector WHERE id = 5");
        EmbeddingDataException fault = await Assert.ThrowsAsync<EmbeddingDataException>(() => Run(Columns("faulty")));
        Assert.Contains("2 of 300 items", fault.Message, StringComparison.Ordinal);
        LinearResult result = await Run(Columns("faulty"), new LinearOptions { SkipInvalid = true });
        Assert.Equal(298, result.Pairs[0].Items);
        Assert.Equal(2, result.Inputs[0].SkippedRows);
    }

    [Theory]
    [InlineData("missing", "id", "no such table")]
    [InlineData("plain", "nothing", "nothing")]
    [InlineData("plain\"; DROP TABLE plain; --", "id", "no such table")]
    public async Task Run_NamesThatAreNotThere_SaidWithoutThePassword(string table, string id, string expected)
    {
        server.Execute("CREATE EXTENSION IF NOT EXISTS vector; DROP TABLE IF EXISTS plain; CREATE TABLE plain (id int, a vector(2), b vector(2))");
        EmbeddingDataException fault = await Assert.ThrowsAsync<EmbeddingDataException>(() => Run(Columns(table) with { IdColumn = id }));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-word", fault.ToString(), StringComparison.Ordinal);
        server.Execute("SELECT * FROM plain");
    }

    [Fact]
    public async Task Run_GroupColumn_GivesTheNumbersOfEachGroupsRows()
    {
        (float[] x, float[] y) = Rows();
        Fill("CREATE TABLE grouped (id int, a vector(24), b vector(24))", "grouped", x, y, twoColumns: true);
        server.Execute("ALTER TABLE grouped ADD kind text; UPDATE grouped SET kind = CASE WHEN id < 100 THEN 'small' WHEN id < 297 THEN 'large' ELSE 'tiny' END");
        IReadOnlyList<LinearGroup> groups = (await Run(Columns("grouped") with { GroupColumn = "kind" })).Pairs[0].Groups!;
        Assert.Equal(["large", "small"], groups.Select(group => group.Name));
        Same(x[(100 * Dimensions)..(297 * Dimensions)], y[(100 * Dimensions)..(297 * Dimensions)], groups[0]);
        Same(x[..(100 * Dimensions)], y[..(100 * Dimensions)], groups[1]);
    }

    [Fact]
    public async Task Run_OnSample_GivesWhatEveryPairOfTheRowsInMemoryGives()
    {
        (float[] x, float[] y) = Rows();
        Fill("CREATE TABLE sampled (id int, a vector(24), b vector(24))", "sampled", x, y, twoColumns: true);
        LinearSample sample = (await Run(Columns("sampled"), new LinearOptions { OnSample = new AnalysisOptions() })).Pairs[0].Sample!;
        PairResult expected = GapAnalysis.Run([Set("image", x), Set("text", y)]).Pairs[0];
        Assert.Equal(Items, sample.Items);
        foreach (string key in (string[])["recall-at-1/image-to-text", "recall-at-10/text-to-image", "matched-unmatched-auc"])
            Assert.Equal(expected.Measures[key].Estimate!.Value, sample.Measures[key].Estimate!.Value, 1e-9);
        Assert.Equal(expected.Thresholds.Rows[0].Cosine.Value, sample.Thresholds.Rows[0].Cosine.Value, ServerFloat32);
        LinearSample part = (await Run(Columns("sampled"), new LinearOptions { SamplePairs = 100, OnSample = new AnalysisOptions() })).Pairs[0].Sample!;
        Assert.Equal(100, part.Items);
    }

    [Fact]
    public async Task Run_VectorInASchemaThatIsNotLookedInto_Found()
    {
        (float[] x, float[] y) = Rows();
        Fill("CREATE TABLE aside (id int, a vector(24), b vector(24))", "aside", x, y, twoColumns: true);
        server.Execute("CREATE SCHEMA IF NOT EXISTS \"odd Extensions\"; ALTER EXTENSION vector SET SCHEMA \"odd Extensions\"");
        try
        {
            Same(x, y, await Run(Columns("aside")));
        }
        finally
        {
            server.Execute("ALTER EXTENSION vector SET SCHEMA public");
        }
    }

    private static void Same(float[] x, float[] y, LinearGroup found)
    {
        UnitEmbeddings[] rows = [UnitEmbeddings.Normalize(Set("x", x)), UnitEmbeddings.Normalize(Set("y", y))];
        int count = rows[0].Rows;
        Assert.Equal(count, found.Items);
        double[] gap = [.. Enumerable.Range(0, Dimensions).Select(k => Enumerable.Range(0, count).Average(i => (double)rows[0].Row(i)[k] - rows[1].Row(i)[k]))];
        double length = Math.Sqrt(gap.Sum(value => value * value));
        double[] along = [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, Dimensions).Sum(k => ((double)rows[0].Row(i)[k] - rows[1].Row(i)[k]) * gap[k]) / length)];
        double[] cosines = [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, Dimensions).Sum(k => (double)rows[0].Row(i)[k] * rows[1].Row(i)[k]))];
        Assert.Equal(length, found.Gap.Value, ServerFloat32);
        Assert.Equal(length - 1.959964 * Deviation(along) / Math.Sqrt(count), found.Gap.Low!.Value, ServerFloat32);
        Assert.Equal(cosines.Average(), found.MatchedCosine.Value, ServerFloat32);
        Assert.Equal(cosines.Average() + 1.959964 * Deviation(cosines) / Math.Sqrt(count), found.MatchedCosine.High!.Value, ServerFloat32);
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private static EmbeddingSet Set(string name, float[] rows) => new(new Modality(name), rows, Dimensions);

    private static EmbeddingTable Columns(string table) => new() { Table = table, Columns = ["a", "b"], Modalities = ["image", "text"] };

    private Task<LinearResult> Run(EmbeddingTable table, LinearOptions? options = null) =>
        TableAnalysis.RunAsync(server.Connection(), table, options, null, TestContext.Current.CancellationToken);

    private static void Same(float[] x, float[] y, LinearResult result)
    {
        LinearResult expected = LinearAnalysis.Run([
            EmbeddingStream.Of(Set("image", x)), EmbeddingStream.Of(Set("text", y))]);
        Assert.NotEmpty(expected.Pairs[0].Measures);
        foreach ((string key, var measure) in expected.Pairs[0].Measures)
        {
            var found = result.Pairs[0].Measures[key];
            Assert.Equal(measure.Estimate is null, found.Estimate is null);
            if (measure.Estimate is { } wanted)
                Assert.True(
                    Math.Abs(wanted.Value - found.Estimate!.Value) <= ServerFloat32 * Math.Max(1, Math.Abs(wanted.Value)),
                    $"{key}: {wanted.Value:R} in memory, {found.Estimate!.Value:R} by the server.");
        }
        for (int m = 0; m < 2; m++)
        {
            Assert.Equal(expected.Inputs[m].Norms.Mean, result.Inputs[m].Norms.Mean, ServerFloat32);
            Assert.Equal(expected.Inputs[m].Norms.Lowest, result.Inputs[m].Norms.Lowest, ServerFloat32);
            Assert.Equal(expected.Inputs[m].Norms.Highest, result.Inputs[m].Norms.Highest, ServerFloat32);
            Assert.Equal(expected.Inputs[m].Norms.Deviation, result.Inputs[m].Norms.Deviation, ServerFloat32);
        }
    }

    // Numbers that a half holds exactly.
    private static (float[] X, float[] Y) Rows()
    {
        var random = new Random(7);
        float[] x = new float[Items * Dimensions], y = new float[Items * Dimensions];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = random.Next(-64, 128) / 64f;
            y[i] = (x[i] * 64 + random.Next(-64, 64)) / 128f - (i % Dimensions < 4 ? 1 : 0);
        }
        return (x, y);
    }

    private void Fill(string create, string table, float[] x, float[] y, bool twoColumns)
    {
        var sql = new StringBuilder($"CREATE EXTENSION IF NOT EXISTS vector; DROP TABLE IF EXISTS {table}; {create}; INSERT INTO {table} VALUES ");
        for (int i = 0; i < Items; i++)
        {
            string a = Literal(x, i), b = Literal(y, i);
            sql.Append(i == 0 ? "" : ",").Append(twoColumns ? $"({i},{a},{b})" : $"({i},'image',{a}),({i},'text',{b})");
        }
        server.Execute(sql.ToString());
    }

    private static string Literal(float[] rows, int item) =>
        "'[" + string.Join(',', rows.Skip(item * Dimensions).Take(Dimensions).Select(v => v.ToString("R", CultureInfo.InvariantCulture))) + "]'";
}
