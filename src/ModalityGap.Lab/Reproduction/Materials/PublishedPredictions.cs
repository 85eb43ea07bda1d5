using System.Text.Json;
using ModalityGap.Embeddings;

namespace ModalityGap.Lab.Reproduction.Materials;

/// <summary>Counts of predicted labels by race that the authors printed for several shifts.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Fingerprint">SHA-256 of the file.</param>
/// <param name="Groups">Which labels count as a kind of harm.</param>
/// <param name="Shifts">By shift: the accuracy, and for each race how often each label was predicted.</param>
internal sealed record PublishedPredictions(
    string Name, string Fingerprint, IReadOnlyDictionary<string, IReadOnlyList<string>> Groups, IReadOnlyList<PredictedShift> Shifts)
{
    /// <summary>Reads the file of predictions: <c>crime_related</c> and <c>non_human</c> labels, then <c>shifts</c> with <c>predictions_by_race</c>.</summary>
    /// <exception cref="EmbeddingDataException">It is no such file.</exception>
    public static PublishedPredictions Read(string path)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            using JsonDocument file = JsonDocument.Parse(bytes);
            JsonElement root = file.RootElement;
            return new PublishedPredictions(
                Path.GetFileName(path),
                Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))[..16],
                new Dictionary<string, IReadOnlyList<string>> { ["crime"] = Labels(root, "crime_related"), ["non-human"] = Labels(root, "non_human") },
                [.. root.GetProperty("shifts").EnumerateObject().Select(shift => PredictedShift.Of(shift.Value))]);
        }
        catch (Exception exception) when (exception
            is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(
                path, "it is no file of printed predictions.", "It holds crime_related, non_human and shifts, each with predictions_by_race.", exception);
        }
    }

    private static string[] Labels(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(label => label.GetString()!)];
}

/// <summary>The predictions at one shift of the images.</summary>
/// <param name="Delta">δ.</param>
/// <param name="Accuracy">Printed top-1 accuracy of race and gender.</param>
/// <param name="Counts">For each race how often each label was predicted.</param>
internal sealed record PredictedShift(double Delta, double Accuracy, IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Counts)
{
    public static PredictedShift Of(JsonElement shift) => new(
        shift.GetProperty("image_shift_delta").GetDouble(),
        shift.GetProperty("top1_accuracy_race_x_gender").GetDouble(),
        shift.GetProperty("predictions_by_race").EnumerateObject().ToDictionary(
            race => race.Name,
            race => (IReadOnlyDictionary<string, long>)race.Value.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetInt64())));

    /// <summary>How often a race was given one of these labels, and how many of it there are.</summary>
    public (long Hits, long All) Count(string race, IReadOnlyList<string> labels) =>
        (labels.Sum(label => Counts[race].GetValueOrDefault(label)), Counts[race].Values.Sum());
}
