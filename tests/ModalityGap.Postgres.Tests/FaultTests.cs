using System.Diagnostics;
using ModalityGap.Embeddings;
using Npgsql;

namespace ModalityGap.Postgres.Tests;

/// <summary>What is said of a server, a table and rows that cannot be measured.</summary>
public sealed class FaultTests(PostgresServer server)
{
    [Theory]
    [InlineData(true, "28P01", "password authentication failed for user \"me\"", "refused user or password", "PGPASSWORD")]
    [InlineData(true, "3D000", "database \"shop\" does not exist", "database \"shop\" does not exist", "in the address")]
    [InlineData(true, "53300", "too many connections", "too many connections", "")]
    [InlineData(false, "57014", "canceling statement due to statement timeout", "too long", "--statement-timeout")]
    [InlineData(false, "42501", "permission denied for table items", "permission denied", "SELECT")]
    [InlineData(false, "42704", "type \"vector\" does not exist", "does not exist", "CREATE EXTENSION vector")]
    [InlineData(false, "42883", "function l2_normalize(vector) does not exist", "l2_normalize", "pgvector 0.7 or later")]
    [InlineData(false, "57P01", "terminating connection due to administrator command", "terminating", "log")]
    public async Task Run_ServerRefuses_SaidInWords(bool atTheDoor, string state, string message, string expected, string remedy)
    {
        using ScriptedServer refusing = atTheDoor ? ScriptedServer.Refusing(state, message) : ScriptedServer.Failing(state, message);
        await Refused(refusing.Connection, expected, remedy);
    }

    [Fact]
    public async Task Run_ConnectionLost_Said()
    {
        using var leaving = ScriptedServer.Leaving();
        await Refused(leaving.Connection, "connection broke", "Check host and port");
    }

    [Fact]
    public async Task Run_NoServer_Said()
    {
        NpgsqlConnectionStringBuilder gone;
        using (var once = ScriptedServer.Leaving())
            gone = once.Connection;
        await Refused(gone, "cannot be reached", "Check host and port");
    }

    [Fact]
    public async Task Run_CancelledWhileTheServerIsSilent_StopsSoon()
    {
        using var silent = ScriptedServer.Silent();
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            TableAnalysis.RunAsync(silent.Connection, Columns("items"), null, null, soon.Token));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Theory]
    [InlineData("a real[], b vector(2)", "(1, '{1,2}', '[1,2]')", "column a has the type real[]")]
    [InlineData("a vector, b vector", "(1, '[1,2]', '[1,2,3]'), (2, '[1,2]', '[1,2,3]')", "2 to 3 dimensions")]
    [InlineData("a vector(2), b vector(2)", "(1, '[1,2]', '[1,2]'), (1, '[1,2]', '[1,2]')", "2 rows and 1 different ids")]
    [InlineData("a vector(2), b vector(2)", "(1, '[1,2]', '[1,2]')", "1 usable items are too few")]
    [InlineData("a vector(2), b vector(2)", "", "no rows")]
    public async Task Run_TwoColumnsThatDoNotFit_Said(string columns, string rows, string expected)
    {
        Create($"(id int, {columns})", rows);
        await Refused(server.Connection(), Columns("faults"), expected);
    }

    [Theory]
    [InlineData("(1, 'image', '[1,2]'), (2, 'image', '[1,2]')", "has the values image")]
    [InlineData("(1, 'image', '[1,2]'), (1, 'text', '[1,2]'), (1, 'audio', '[1,2]')", "values audio, image, text")]
    [InlineData("", "has no values")]
    [InlineData("(1, 'image', '[1,2]'), (1, 'text', '[1,2]'), (2, 'image', '[1,2]')", "2 rows of image and 1 of text")]
    [InlineData("(1, 'image', '[1,2]'), (1, 'text', '[1,2]'), (2, 'image', '[1,2]'), (3, 'text', '[1,2]')", "1 of 2 ids")]
    public async Task Run_OneColumnThatDoesNotFit_Said(string rows, string expected)
    {
        Create("(id int, kind text, e vector)", rows);
        await Refused(server.Connection(), new EmbeddingTable { Table = "faults", Columns = ["e"], ModalityColumn = "kind" }, expected);
    }

    [Fact]
    public async Task Run_TableIsNotThere_NamesThoseThatAre()
    {
        Create("(id int)", "");
        await Refused(server.Connection(), Columns("fualts"), "faults");
    }

    private void Create(string columns, string rows) => server.Execute(
        $"CREATE EXTENSION IF NOT EXISTS vector; DROP TABLE IF EXISTS faults; CREATE TABLE faults {columns}"
        + (rows.Length == 0 ? "" : $"; INSERT INTO faults VALUES {rows}"));

    private static Task Refused(NpgsqlConnectionStringBuilder connection, string fault, string remedy) =>
        Refused(connection, Columns("items"), fault, remedy);

    private static async Task Refused(NpgsqlConnectionStringBuilder connection, EmbeddingTable table, string fault, string remedy = "")
    {
        EmbeddingDataException refusal = await Assert.ThrowsAsync<EmbeddingDataException>(() =>
            TableAnalysis.RunAsync(connection, table, null, null, TestContext.Current.CancellationToken));
        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-word", refusal.ToString(), StringComparison.Ordinal);
    }

    private static EmbeddingTable Columns(string table) => new() { Table = table, Columns = ["a", "b"], Modalities = ["image", "text"] };
}
