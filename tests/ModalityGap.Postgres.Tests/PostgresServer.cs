using System.Diagnostics;
using System.Globalization;
using Npgsql;

[assembly: AssemblyFixture(typeof(ModalityGap.Postgres.Tests.PostgresServer))]

namespace ModalityGap.Postgres.Tests;

/// <summary>One PostgreSQL with pgvector for all tests, served by node on loopback; it takes one connection at a time.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly Process? node;
    private readonly string? missing;
    private readonly int port;

    public PostgresServer()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ModalityGap.slnx")))
            folder = Path.GetDirectoryName(folder);
        string packages = Path.Combine(folder!, "tests", "pglite");
        if (!Directory.Exists(Path.Combine(packages, "node_modules", "@electric-sql", "pglite-socket")))
        {
            missing = "tests/pglite has no packages: run npm install there.";
            return;
        }
        try
        {
            node = Process.Start(new ProcessStartInfo("node", Path.Combine(packages, "serve.mjs"))
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            missing = "node is not installed.";
            return;
        }
        string line = node!.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start.");
        port = int.Parse(line.AsSpan("port ".Length), CultureInfo.InvariantCulture);
    }

    public NpgsqlConnectionStringBuilder Connection()
    {
        Assert.SkipWhen(missing is not null, missing ?? "");
        return new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "postgres",
            Password = "s3cret-word",
            Database = "postgres",
            SslMode = SslMode.Disable,
            Pooling = false,
        };
    }

    public void Execute(string sql)
    {
        using var open = new NpgsqlConnection(Connection().ConnectionString);
        open.Open();
        using var command = new NpgsqlCommand(sql, open);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        node?.StandardInput.Close();
        node?.WaitForExit(5000);
        node?.Dispose();
    }
}
