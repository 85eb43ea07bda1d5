using System.Globalization;
using System.Text.Json.Serialization;

namespace ModalityGap.Report.Experiments;

/// <summary>How a series is drawn.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SeriesKind>))]
public enum SeriesKind
{
    /// <summary>A line through all points.</summary>
    [JsonStringEnumMemberName("line")]
    Line,

    /// <summary>A dashed line through all points: what is published or follows from theory.</summary>
    [JsonStringEnumMemberName("dashed")]
    Dashed,

    /// <summary>A mark at each point, with its interval where there is one.</summary>
    [JsonStringEnumMemberName("marks")]
    Marks,

    /// <summary>Small marks, for clouds of many points.</summary>
    [JsonStringEnumMemberName("cloud")]
    Cloud,

    /// <summary>Thin lines from each point of even index to the next one.</summary>
    [JsonStringEnumMemberName("segments")]
    Segments,
}

/// <summary>Points of one look; the same name has the same colour in all panels of a chart.</summary>
public sealed record ChartSeries
{
    /// <summary>Its name in the legend.</summary>
    public required string Name { get; init; }

    /// <summary>How it is drawn.</summary>
    public required SeriesKind Kind { get; init; }

    /// <summary>Places along the horizontal axis.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Values, as many.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>Lower ends of the values' intervals; <c>null</c> for none.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>Upper ends.</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>A series whose numbers keep so many significant digits, which is more than a figure shows.</summary>
    /// <exception cref="ArgumentException">The lists have different lengths.</exception>
    public static ChartSeries Of(
        string name, SeriesKind kind, IEnumerable<double> x, IEnumerable<double> y, IEnumerable<double>? low = null, IEnumerable<double>? high = null,
            int digits = 5)
    {
        double[] across = Rounded(x, digits), up = Rounded(y, digits);
        return across.Length == up.Length
            ? new ChartSeries
            {
                Name = name,
                Kind = kind,
                X = across,
                Y = up,
                Low = low is null ? null : Rounded(low, digits),
                High = high is null ? null : Rounded(high, digits),
            }
            : throw new ArgumentException($"{across.Length} places do not fit {up.Length} values.", nameof(y));
    }

    private static double[] Rounded(IEnumerable<double> values, int digits) =>
        [.. values.Select(value => double.Parse(value.ToString("G" + digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))];
}
