using System.Globalization;
using CorrectedSearch;
using ModalityGap.Cli.Deployment;
using ModalityGap.Corrections;
using ModalityGap.Deployment;
using ModalityGap.Embeddings;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>The code that <c>modgap emit</c> prints: it runs, and finds what the corrected scores in memory find.</summary>
public sealed class EmitTests : IDisposable
{
    private const int Wanted = 10;

    private readonly TemporaryFolder folder = new();

    public EmitTests() => NpyFile.WritePair(folder);

    public static TheoryData<string, string> Corrections => new()
    {
        { "mean-removal", "" },
        { "mean-removal", "score-standardisation" },
        { "whitening", "gap-bias" },
        { "linear-map", "nearest-neighbour-normalisation" },
        { "trace-scaling", "inverted-softmax" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Corrections))]
    public void Numpy_RunByPython_FindsTheSameDocuments(string rows, string scores)
    {
        FittedCorrection correction = Saved(rows, scores);
        ToolRun emitted = ModgapProcess.Run(folder.Path, "emit", "gap.json", "--as", "numpy", "-o", "search.py");
        Assert.True(emitted.ExitCode == 0, emitted.Errors);
        File.WriteAllText(folder["run.py"], """
            import numpy as np
            import search
            raw = {"image": np.load("img.npy"), "text": np.load("txt.npy")}
            ids = {name: [f"{name} {row}" for row in range(len(rows))] for name, rows in raw.items()}
            everything = ids["image"] + ids["text"]
            baked = np.vstack([search.bake(rows, name) for name, rows in raw.items()])
            parts = {}
            for name, rows in raw.items():
                corrected = search.correct(rows, name)
                parts[name] = (ids[name], corrected, *search.scale_and_terms(corrected, name))
            for row in range(20):
                query = raw["text"][row : row + 1]
                print(",".join(everything[i] for i in search.search_baked(search.bake(query, "text", queries=True)[0], baked, 10)))
                print(",".join(search.search_merged(search.correct(query, "text", queries=True)[0], parts, 10, 60)))
            """);

        ToolRun run = ModgapProcess.Shell(folder.Path, "/usr/bin/python3 -B -c 'import numpy' 2> /dev/null || exit 127; /usr/bin/python3 -B run.py");

        Assert.SkipWhen(run.ExitCode == 127, "/usr/bin/python3 with numpy is not installed");
        Assert.Equal("", run.Errors);
        string[] found = run.Output.Trim().Split('\n');
        for (int query = 0; query < 20; query++)
        {
            string expected = string.Join(',', InMemory(correction, query));
            Assert.Equal(expected, found[2 * query]);
            Assert.Equal(expected, found[2 * query + 1]);
        }
    }

    [Theory]
    [MemberData(nameof(Corrections))]
    public void CSharp_FindsTheSameDocuments(string rows, string scores)
    {
        FittedCorrection correction = Saved(rows, scores);
        PairedEmbeddings pairs = FittedSample.Pairs(folder);
        var index = new CorrectedIndex(folder["gap.json"]);
        for (int row = 0; row < pairs.Items; row++)
        {
            index.Add($"image {row}", Modality.Image, pairs.First.Row(row));
            index.Add($"text {row}", Modality.Text, pairs.Second.Row(row));
        }
        for (int query = 0; query < 20; query++)
        {
            string[] expected = InMemory(correction, query);
            Assert.Equal(expected, index.SearchBaked(Modality.Text, pairs.Second.Row(query), Wanted).Select(hit => hit.Id));
            Assert.Equal(expected, index.SearchMerged(Modality.Text, pairs.Second.Row(query), Wanted, pairs.Items).Select(hit => hit.Id));
        }
    }

    [Fact]
    public void CSharp_IsTheFileThatTheSolutionBuilds()
    {
        Saved("mean-removal", "score-standardisation");

        ToolRun run = ModgapProcess.Run(folder.Path, "emit", "gap.json", "--as", "csharp");

        Assert.Contains("// The correction mean-removal+score-standardisation of gap.json.", run.Output, StringComparison.Ordinal);
        Assert.EndsWith(File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "samples", "CorrectedSearch", "CorrectedSearch.cs")), run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Sql_OfAMeanRemoval_HoldsItsVectors()
    {
        FittedCorrection correction = Saved("mean-removal", "score-standardisation");
        string sql = Sql();

        string mean = string.Join(',', correction.Transforms[0].Transform.Steps[0].Centre.ToArray().Select(value => ((float)value).ToString("R", CultureInfo.InvariantCulture)));
        Assert.Contains($"WHEN modality = 'image' THEN l2_normalize((l2_normalize(embedding) - '[{mean}]'::vector))", sql, StringComparison.Ordinal);
        Assert.Contains("embedding vector(17) NOT NULL", sql, StringComparison.Ordinal);
        Assert.Contains("ORDER BY embedding <#> $1", sql, StringComparison.Ordinal);
        ScoreScale text = correction.Scores!.Second;
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"('text', {text.Scale:R}, {text.Shift:R})"), sql, StringComparison.Ordinal);
        Assert.Contains("as many candidates as wanted are enough", sql, StringComparison.Ordinal);
        Assert.DoesNotContain("term", sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Sql_OfAMatrix_SaysThatRowsAreCorrectedBefore()
    {
        Saved("whitening", "nearest-neighbour-normalisation");
        string sql = Sql();

        Assert.Contains("Rows must be corrected before they are inserted", sql, StringComparison.Ordinal);
        Assert.Contains("modgap apply gap.json FILE --modality NAME", sql, StringComparison.Ordinal);
        Assert.Contains("term double precision NOT NULL", sql, StringComparison.Ordinal);
        Assert.Contains("scale * product + term AS score", sql, StringComparison.Ordinal);
        Assert.DoesNotContain("FUNCTION", sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_NamesOfModalitiesFromAFile_AreQuoted()
    {
        var odd = new Modality("it's $gap$\nDROP TABLE x;");
        var chain = new RowTransform(2, AffineStep.Centring([0.5, 0]));
        var correction = new FittedCorrection(
            [new CorrectionSetting("test", "test", new Dictionary<string, string>())],
            new CorrectionOrigin { Rows = [] },
            [(RowRole.Documents(odd), chain), (RowRole.Documents(Modality.Text), chain)]);
        var writer = new StringWriter();

        DeploymentCode.Write("sql", correction, "a\nb\".json", writer);

        string[] lines = writer.ToString().Split('\n');
        Assert.Contains("'it''s $gap$", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("AS $gap_$", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("b\".json", lines.Select(line => line.TrimStart()).Where(line => line.StartsWith('b')));
        writer = new StringWriter();
        DeploymentCode.Write("numpy", correction, "a\nb\".json", writer);
        Assert.Contains("""PATH = "a\u000ab\u0022.json" """.TrimEnd(), writer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Corrections))]
    public void Sql_RunByPostgreSqlWithPgvector_FindsTheSameDocuments(string rows, string scores)
    {
        string database = Path.Combine(SharedFolder.RepositoryRoot, "tests", "pglite");
        Assert.SkipUnless(Directory.Exists(Path.Combine(database, "node_modules")), "PostgreSQL for tests is not installed: npm install --prefix tests/pglite");
        FittedCorrection correction = Saved(rows, scores);
        string sql = Sql();
        var reader = new SqlSearch(correction, FittedSample.Pairs(folder), inSql: sql.Contains("CREATE FUNCTION", StringComparison.Ordinal));
        File.WriteAllText(folder["run.sql"], $"CREATE EXTENSION vector;\n{sql}\n{reader.Inserts()}\n{reader.Searches(queries: 20, Wanted)}");

        ToolRun run = ModgapProcess.Shell(folder.Path, $"command -v node > /dev/null || exit 127; node '{database}/run-sql.mjs' run.sql | cut -d'|' -f1");

        Assert.SkipWhen(run.ExitCode == 127, "node is not installed");
        Assert.Equal("", run.Errors);
        string[] found = run.Output.Trim().Split('\n');
        for (int query = 0; query < 20; query++)
        {
            string[] expected = InMemory(correction, query);
            Assert.Equal(expected, found.Skip(2 * query * Wanted).Take(Wanted));
            Assert.Equal(expected, found.Skip((2 * query + 1) * Wanted).Take(Wanted));
        }
    }

    [Theory]
    [InlineData("emit gap.json", 2, "--as")]
    [InlineData("emit gap.json --as sqll", 2, "Did you mean sql?")]
    [InlineData("emit missing.json --as sql", 3, "missing.json")]
    public void Emit_WhatCannotBeMeant_IsRefused(string line, int code, string words)
    {
        Saved("mean-removal", "");
        ToolRun run = ModgapProcess.Run(folder.Path, line.Split(' '));
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private FittedCorrection Saved(string rows, string scores)
    {
        ICorrection of = CorrectionCatalog.OfRows.First(correction => correction.Info.Id == rows);
        CorrectionFile.Save(folder["gap.json"], scores.Length == 0 ? of.Fit(CorrectionSample.Of(FittedSample.Pairs(folder))) : FittedSample.WithScores(folder, scores, of));
        return CorrectionFile.Load(folder["gap.json"]);
    }

    private string Sql()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "emit", "gap.json", "--as", "sql");
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Output;
    }

    // The corrected scores by their definition, a (q.d) + b(d), in double precision.
    private string[] InMemory(FittedCorrection correction, int query)
    {
        PairedEmbeddings pairs = FittedSample.Pairs(folder);
        float[] q = correction.Apply(RowRole.Queries(Modality.Text), pairs.Second).Row(query).ToArray();
        List<(string Id, double Score)> hits = [];
        foreach (UnitEmbeddings rows in (UnitEmbeddings[])[correction.ApplyToFirst(pairs.First), correction.ApplyToSecond(pairs.Second)])
        {
            double[] terms = new double[rows.Rows];
            float[] values = [.. Enumerable.Range(0, rows.Rows).SelectMany(row => rows.Row(row).ToArray())];
            correction.Scores?.Terms(rows.Modality, values, terms);
            for (int row = 0; row < rows.Rows; row++)
            {
                double product = q.Zip(rows.Row(row).ToArray(), (x, y) => (double)x * y).Sum();
                hits.Add(($"{rows.Modality} {row}", (correction.Scores?.Scale(rows.Modality) ?? 1) * product + terms[row]));
            }
        }
        return [.. hits.OrderByDescending(hit => hit.Score).Take(Wanted).Select(hit => hit.Id)];
    }
}
