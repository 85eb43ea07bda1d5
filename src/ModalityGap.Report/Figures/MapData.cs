using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ModalityGap.Explanations;
using ModalityGap.Projections;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Figures;

/// <summary>
/// What the script of the page needs to draw a map that moves: coordinates as 16-bit numbers in base64, some 60 bytes a pair with three layouts, so that
/// 50,000 pairs take less than 3 MB.
/// </summary>
internal sealed class MapData
{
    /// <summary>Names are left out where they would outweigh everything else, in characters.</summary>
    private const int MostNameCharacters = 1_000_000;

    private readonly PairResult pair;
    private readonly PairMap map;
    private readonly MapFacts facts;

    private readonly RowPictures? pictures;

    private MapData(PairResult pair, MapFacts facts, RowPictures? pictures) =>
        (this.pair, map, this.facts, this.pictures) = (pair, pair.Map, facts, pictures);

    /// <summary>The data as JSON, or <c>null</c> where the map came without facts.</summary>
    public static string? Of(PairResult pair, RowPictures? pictures) =>
        pair.Map is { Facts: { } facts, Pairs.Count: > 0 } ? new MapData(pair, facts, pictures).Compose() : null;

    private string Compose()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("first", pair.First);
            json.WriteString("second", pair.Second);
            json.WriteNumber("pairs", map.Pairs.Count);
            json.WriteNumber("total", map.TotalPairs);
            json.WriteString("gap", new PairNames(pair).Value("gap") is { } gap ? $"gap {Numbers.Three(gap)}" : "gap");
            json.WriteStartArray("layouts");
            foreach (MapLayout layout in map.AllLayouts())
                new LayoutData(layout, facts).Write(json);
            json.WriteEndArray();
            Along(json);
            json.WriteString("cosines", Sixteen(facts.Cosines.Select(cosine => (double)cosine), -1, 1));
            json.WriteString("ranks", ThirtyTwo(facts.FirstRanks.Concat(facts.SecondRanks)));
            json.WriteString("ids", ThirtyTwo(map.Pairs.Select(id => (long)id)));
            Names(json);
            Pictures(json);
            Neighbours(json);
            Steps(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Along(Utf8JsonWriter json)
    {
        if (facts.FirstAlong is null || facts.SecondAlong is null)
        {
            json.WriteNull("along");
            Pair(json, "alongRange", 0, 1);
            return;
        }
        double[] along = [.. facts.FirstAlong.Concat(facts.SecondAlong).Select(value => (double)value)];
        (double low, double high) = Range(along);
        json.WriteString("along", Sixteen(along, low, high));
        Pair(json, "alongRange", low, high);
    }

    private void Names(Utf8JsonWriter json)
    {
        json.WriteStartArray("names");
        int characters = (map.FirstNames ?? []).Concat(map.SecondNames ?? []).Sum(name => name.Length);
        foreach (IReadOnlyList<string>? names in (IReadOnlyList<string>?[])[map.FirstNames, map.SecondNames])
        {
            if (names is null || characters > MostNameCharacters)
            {
                json.WriteNullValue();
                continue;
            }
            json.WriteStartArray();
            foreach (string name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private void Pictures(Utf8JsonWriter json)
    {
        if (pictures is null || pictures.Map.Sheets.Count == 0 || ShownRows.OnMap(pair, pictures.Modality) is not { } rows)
        {
            json.WriteNull("pictures");
            return;
        }
        json.WriteStartObject("pictures");
        json.WriteNumber("side", pictures.Modality == pair.First ? 0 : 1);
        json.WriteNumber("perSheet", pictures.Map.PerSheet);
        json.WriteStartArray("sheets");
        for (int k = 0; k < pictures.Map.Sheets.Count; k++)
        {
            json.WriteStartObject();
            json.WriteString("look", PictureStyle.MapSheet(k));
            json.WriteNumber("columns", pictures.Map.Sheets[k].Columns);
            json.WriteNumber("rows", pictures.Map.Sheets[k].Rows);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        // No room holds as many pictures as 16 bits count, so their largest number can stand for none.
        json.WriteString("places", Sixteen(rows.Select(row => pictures.Map.Places.TryGetValue(row, out int place) ? place : 65535.0), 0, 65535));
        json.WriteEndObject();
    }

    private void Neighbours(Utf8JsonWriter json)
    {
        json.WriteString("near", facts.Neighbours is { } near ? ThirtyTwo(near.Before.Select(row => (long)row)) : null);
        json.WriteString("nearAfter", facts.Neighbours?.After is { } after ? ThirtyTwo(after.Select(row => (long)row)) : null);
        json.WriteNumber("nearest", facts.Neighbours?.PerRow ?? 0);
        json.WriteString("correction", facts.Neighbours?.Correction is { } id ? Words.FromId(id) : null);
    }

    // The convention that moves both modalities by half the shift each, as the map does.
    private void Steps(Utf8JsonWriter json)
    {
        LandscapeFamily? both = pair.Landscape.Families.FirstOrDefault(family => family.Convention == "both");
        json.WriteStartArray("steps");
        foreach (LandscapeStep step in both is not null && both.Steps.Any(step => step.Distance == 0) ? both.Steps.Where(IsNear) : [])
        {
            json.WriteStartObject();
            json.WriteNumber("shift", step.Distance);
            json.WriteNumber("gap", step.SignedDistance);
            json.WriteStartArray("readings");
            foreach ((string name, string value) in Readings(step))
            {
                json.WriteStartArray();
                json.WriteStringValue(name);
                json.WriteStringValue(value);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // Far beyond the gap all rows lie at one of two points, and there is nothing to see.
    private bool IsNear(LandscapeStep step) => step.Distance >= -1.2 * facts.GapLength && step.Distance <= 2 * facts.GapLength;

    private IEnumerable<(string Name, string Value)> Readings(LandscapeStep step)
    {
        yield return ("shift", Numbers.SignAlways(step.Distance, "0.00"));
        yield return ("gap left", Numbers.Three(step.SignedDistance));
        yield return ($"R@1 {pair.First} to {pair.Second}", Recall(step.RecallFirstToSecond));
        yield return ($"R@1 {pair.Second} to {pair.First}", Recall(step.RecallSecondToFirst));
        if (step.Full.Count > 0)
            yield return ($"loss at τ = {pair.Landscape.Temperatures[0].ToString("0.###", CultureInfo.InvariantCulture)}", Numbers.Three(step.Full[0].Mean));
    }

    private string Recall(double share)
    {
        Estimate estimate = Estimate.Share(share, pair.Landscape.Pairs, "queries");
        return $"{Numbers.Percent(share)} {Numbers.Interval(estimate, value => Numbers.Percent(value).Replace("\u00A0%", "", StringComparison.Ordinal))}".TrimEnd();
    }

    private static (double Low, double High) Range(IReadOnlyCollection<double> values)
    {
        double low = values.Min(), high = values.Max();
        return high > low ? (low, high) : (low - 0.5, low + 0.5);
    }

    private static void Pair(Utf8JsonWriter json, string name, double a, double b)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(a);
        json.WriteNumberValue(b);
        json.WriteEndArray();
    }

    private static string Sixteen(IEnumerable<double> values, double low, double high)
    {
        double[] all = [.. values];
        var bytes = new byte[2 * all.Length];
        for (int i = 0; i < all.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), (ushort)Math.Round(65535 * Math.Clamp((all[i] - low) / (high - low), 0, 1)));
        return Convert.ToBase64String(bytes);
    }

    private static string ThirtyTwo(IEnumerable<long> values)
    {
        long[] all = [.. values];
        var bytes = new byte[4 * all.Length];
        for (int i = 0; i < all.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), (uint)Math.Min(all[i], uint.MaxValue));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>One layout, its longer extent lying horizontally.</summary>
    private sealed class LayoutData(MapLayout layout, MapFacts facts)
    {
        private readonly MapPoint[] points = [.. layout.First, .. layout.Second];

        public void Write(Utf8JsonWriter json)
        {
            bool turned = Extent(point => point.Y) > Extent(point => point.X);
            MapPoint Turn(MapPoint point) => turned ? new MapPoint(point.Y, -point.X) : point;
            MapPoint[] placed = Array.ConvertAll(points, Turn);
            MapPoint first = Turn(layout.FirstCentroid), second = Turn(layout.SecondCentroid);
            (double left, double right) = Range([.. placed.Select(point => point.X), first.X, second.X]);
            (double bottom, double top) = Range([.. placed.Select(point => point.Y), first.Y, second.Y]);
            json.WriteStartObject();
            json.WriteString("id", layout.Id);
            json.WriteString("name", layout.Id == "tsne" ? "t-SNE" : layout.Id.ToUpperInvariant());
            json.WriteString("note", Note());
            json.WriteString("points", Interleaved(placed, (left, right), (bottom, top)));
            Pair(json, "x", left, right);
            Pair(json, "y", bottom, top);
            json.WriteStartArray("centroids");
            foreach (MapPoint centroid in (MapPoint[])[first, second])
            {
                json.WriteStartArray();
                json.WriteNumberValue(centroid.X);
                json.WriteNumberValue(centroid.Y);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            if (layout.Origin is { } origin && facts.GapLength > 0)
            {
                Pair(json, "origin", Turn(origin).X, Turn(origin).Y);
                Pair(json, "direction", (first.X - second.X) / facts.GapLength, (first.Y - second.Y) / facts.GapLength);
            }
            json.WriteEndObject();
        }

        private string Note()
        {
            string trust = layout.Trustworthiness is { } estimate ? $" Trustworthiness {Numbers.Two(estimate.Value)}, 1 where all neighbours here are neighbours by cosine." : "";
            return layout.Shares is { } shares
                ? $"{(layout.Id == "svd" ? "The first two singular directions, uncentred" : "The first two principal components")}: linear, so lengths mean what they say; "
                    + $"{Numbers.Percent(shares.Sum())} of the {(layout.Id == "svd" ? "squared length" : "variance")}.{trust}"
                : "Neighbours are kept, distances are not: how far two clouds lie apart says nothing about the gap, and nothing can be moved along it." + trust;
        }

        private double Extent(Func<MapPoint, double> part) => points.Max(part) - points.Min(part);

        private static string Interleaved(MapPoint[] placed, (double Low, double High) x, (double Low, double High) y) => Sixteen(
            placed.SelectMany(point => (double[])[(point.X - x.Low) / (x.High - x.Low), (point.Y - y.Low) / (y.High - y.Low)]), 0, 1);
    }
}
