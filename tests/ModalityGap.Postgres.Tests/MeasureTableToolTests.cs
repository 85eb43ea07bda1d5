using System.Diagnostics;
using System.Globalization;
using System.Text;
using ModalityGap.Testing;
using Npgsql;

namespace ModalityGap.Postgres.Tests;

/// <summary><c>modgap measure postgres://...</c> as a process, and what it must never print.</summary>
public sealed class MeasureTableToolTests(PostgresServer server) : IDisposable
{
    private const string Secret = "s3cret-word";

    private static readonly ToolProcess Tool = new("modgap");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Measure_Table_PrintsItsNumbersAndGroups()
    {
        string address = Address(server.Connection());
        var random = new Random(3);
        var sql = new StringBuilder("CREATE EXTENSION IF NOT EXISTS vector; DROP TABLE IF EXISTS shop; CREATE TABLE shop (item int, kind text, e halfvec(8), category text);");
        sql.Append("INSERT INTO shop VALUES ");
        for (int i = 0; i < 120; i++)
            sql.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}({i},'image','{Vector(0)}','{(i < 80 ? "shoes" : "hats")}'),({i},'text','{Vector(1)}',NULL)");
        server.Execute(sql.ToString());

        ToolRun run = Run(address, "--table", "shop", "--column", "e", "--modality", "kind", "--id", "item", "--group-by", "category", "--sample", "60");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("2 modalities x 120 pairs x 8 dimensions, halfvec, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("paired by id", run.Output, StringComparison.Ordinal);
        Assert.Contains("shoes   80", run.Output, StringComparison.Ordinal);
        Assert.Contains("of a random sample of 60 of 120 items", run.Output, StringComparison.Ordinal);
        ToolRun json = Run(address, "--table", "public.shop", "--column", "e", "--modality", "kind", "--id", "item", "--modalities", "text,image", "--format", "json");
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(json.Output));
        LinearResult result = LinearJson.Read(text);
        Assert.Equal("text", result.Pairs[0].First);
        Assert.Equal("postgresql", result.Inputs[0].Provenance.Format);

        string Vector(int shift) => "[" + string.Join(',', Enumerable.Range(0, 8).Select(k => (random.NextDouble() + (k % 2 == shift ? 1 : 0)).ToString("F3", CultureInfo.InvariantCulture))) + "]";
    }

    [Fact]
    public void Measure_WhateverGoesWrong_KeepsThePassword()
    {
        using var refusing = ScriptedServer.Refusing("28P01", "password authentication failed for user \"me\"");
        string refused = Address(refusing.Connection), gone = $"postgres://me:{Secret}@127.0.0.1:1/shop";
        string[] table = ["--table", "items", "--column", "a,b"];
        (int Code, string[] Arguments)[] tries =
        [
            (3, ["measure", refused, .. table]), (3, ["measure", gone, .. table]), (0, ["measure", gone, .. table, "--dry-run"]),
            (2, ["measure", gone]), (2, ["measure", gone, "--tabel", "items"]), (2, ["measure", gone, .. table, "--maps", "svd"]),
            (2, ["measure", $"postgres://me:{Secret}@host", .. table]), (2, ["measure", $"{gone}?sslmode={Secret}", .. table]),
            (2, ["measure", gone, gone, .. table]), (2, ["measure", "a.npy", gone, .. table]), (2, ["measure", gone, .. table, "--modalities", "a,b,c"]),
            (3, ["report", gone]), (3, ["evaluate", gone]), (3, ["inspect", gone]), (2, ["explain", gone]), (2, ["apply", gone, gone]),
            (2, ["measure", gone, "--table", "items", "--column", "e"]), (2, ["measure", "a.npy", "b.npy", .. table]),
        ];
        foreach ((int code, string[] arguments) in tries)
        {
            ToolRun run = Tool.Run(folder.Path, [("PGPASSWORD", Secret), ("MODGAP_DEBUG", "1")], arguments);
            Assert.True(code == run.ExitCode, $"{string.Join(' ', arguments)}: {run.ExitCode}, {run.Errors}");
            Assert.DoesNotContain(Secret, run.Output + run.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Measure_InterruptedWhileTheServerIsSilent_StopsSoon()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        using var silent = ScriptedServer.Silent();
        using Process process = ToolProcess.Start(folder.Path, [], Tool.Path, "measure", Address(silent.Connection), "--table", "items", "--column", "a,b");
        await silent.Asked.WaitAsync(TimeSpan.FromSeconds(30));
        var watch = Stopwatch.StartNew();
        using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        Assert.Equal(130, ToolProcess.Finish(process).ExitCode);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 8);
    }

    private static string Address(NpgsqlConnectionStringBuilder connection) =>
        $"postgres://{connection.Username}:{Secret}@{connection.Host}:{connection.Port}/{connection.Database}?sslmode=disable";

    private ToolRun Run(params string[] arguments)
    {
        ToolRun run = Tool.Run(folder.Path, [], ["measure", .. arguments]);
        Assert.DoesNotContain(Secret, run.Output + run.Errors, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run;
    }
}
