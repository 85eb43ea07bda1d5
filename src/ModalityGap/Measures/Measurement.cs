using System.Text.Json.Serialization;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>One measured number, or the sentence that says why it is missing.</summary>
/// <param name="Id">The id of its <see cref="MeasureInfo"/>.</param>
/// <param name="Subject">
/// What of the pair it is about, where a measure gives several numbers: a modality (<c>image</c>), a direction
/// (<c>image-to-text</c>), a temperature (<c>image-to-text/0.01</c>); <c>null</c> for the pair as a whole.
/// </param>
/// <param name="Estimate">The number with its interval, or <c>null</c> where it is missing.</param>
/// <param name="Missing">Why it is missing, or <c>null</c>.</param>
public sealed record Measurement(string Id, string? Subject, Estimate? Estimate, string? Missing)
{
    /// <summary>Id and subject joined by a slash: the key in results.</summary>
    [JsonIgnore]
    public string Key => Subject is null ? Id : $"{Id}/{Subject}";

    /// <summary>A number that was measured.</summary>
    public static Measurement Of(string id, string? subject, Estimate estimate) => new(id, subject, estimate, null);

    /// <summary>A number that could not be measured, and why.</summary>
    public static Measurement Without(string id, string? subject, string reason) => new(id, subject, null, reason);
}
