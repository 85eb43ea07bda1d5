using System.Text;
using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Report.Experiments;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Reproduction;

/// <summary>The folder of results: for each experiment <c>ID/result.json</c>, a csv for each table, an svg for each figure.</summary>
/// <param name="path">The folder.</param>
internal sealed class ResultFolder(string path)
{
    private const string ResultName = "result.json";

    public string Location { get; } = path;

    /// <summary>The folder of an experiment.</summary>
    public string Of(string experiment) => Path.Combine(Location, experiment);

    /// <summary>Whether an experiment has finished here.</summary>
    public bool Holds(string experiment) => File.Exists(Path.Combine(Of(experiment), ResultName));

    /// <summary>The result of an experiment, or <c>null</c> where it has not finished here.</summary>
    /// <exception cref="EmbeddingDataException">Its file is damaged.</exception>
    public ExperimentResult? Read(string experiment)
    {
        string path = Path.Combine(Of(experiment), ResultName);
        if (!File.Exists(path))
            return null;
        try
        {
            ExperimentResult result = ReproductionJson.Read(File.ReadAllText(path));
            return result.SchemaVersion == ExperimentResult.CurrentSchemaVersion
                ? result
                : throw new EmbeddingDataException(path, $"it is of version {result.SchemaVersion}, which this program does not read.",
                    "Run the experiment again.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(path, "it is no result of an experiment.", "Run the experiment again, or choose another folder.", exception);
        }
    }

    /// <summary>Everything that has finished here, in the order of the catalogue.</summary>
    public ExperimentResult[] ReadAll() => [.. ExperimentCatalog.All.Select(experiment => Read(experiment.Id)).OfType<ExperimentResult>()];

    /// <summary>Writes a result with its tables and figures; <c>result.json</c> last, so that where it stands everything stands.</summary>
    /// <exception cref="OutputException">Something cannot be written.</exception>
    public void Write(ExperimentResult result)
    {
        OutputFile.CreateFolder(Of(result.Id));
        foreach (ResultTable table in result.Tables)
            WriteFile(Path.Combine(Of(result.Id), table.Id + ".csv"), Csv(table));
        foreach (Chart chart in result.Charts)
            WriteFile(Path.Combine(Of(result.Id), chart.Name + ".svg"), ExperimentFigures.Draw(chart).Svg);
        WriteFile(Path.Combine(Of(result.Id), ResultName), ReproductionJson.ToText(result));
    }

    /// <summary>Writes a file whole or not at all.</summary>
    public static void WriteFile(string path, string content)
    {
        using OutputFile file = OutputFile.Open(path);
        file.Write(Encoding.UTF8.GetBytes(content));
    }

    private static string Csv(ResultTable table) =>
        string.Concat(table.Rows.Prepend(table.Columns).Select(row => string.Join(',', row.Select(CsvText.Cell)) + "\n"));
}
