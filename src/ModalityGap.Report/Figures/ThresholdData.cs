using System.Buffers;
using System.Text;
using System.Text.Json;
using ModalityGap.Measures;
using ModalityGap.Report.Charts;

namespace ModalityGap.Report.Figures;

/// <summary>What the page's script needs to let a reader drag a threshold: what every threshold does, and where cosines lie in the drawing.</summary>
internal static class ThresholdData
{
    /// <summary>The data as JSON, or <c>null</c> where thresholds were not counted.</summary>
    public static string? Of(ThresholdTable table, Scale x, Scale y)
    {
        if (table.Curve is not { Matched.Count: > 1, UnmatchedPairs: > 0 } curve)
            return null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("first", curve.First);
            json.WriteNumber("step", curve.Step);
            json.WriteNumber("matchedPairs", curve.MatchedPairs);
            json.WriteNumber("unmatchedPairs", curve.UnmatchedPairs);
            json.WriteNumber("prevalence", table.Prevalence);
            json.WriteNumber("start", table.Rows.Count > 0 ? table.Rows[0].Cosine.Value : curve.First);
            Numbers(json, "matched", curve.Matched);
            Numbers(json, "unmatched", curve.Unmatched);
            Place(json, "x", x);
            Place(json, "y", y);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Numbers(Utf8JsonWriter json, string name, IReadOnlyList<long> counts)
    {
        json.WriteStartArray(name);
        foreach (long count in counts)
            json.WriteNumberValue(count);
        json.WriteEndArray();
    }

    private static void Place(Utf8JsonWriter json, string name, Scale scale)
    {
        json.WriteStartArray(name);
        foreach (double value in (ReadOnlySpan<double>)[scale.Low, scale.High, scale.Start, scale.End])
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
