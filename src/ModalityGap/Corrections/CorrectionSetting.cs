using System.Globalization;

namespace ModalityGap.Corrections;

/// <summary>A correction together with the parameters that it was fitted with: what an artefact remembers of it.</summary>
/// <param name="Id">Its id in the catalogue.</param>
/// <param name="Description">What it does, as an order without a full stop.</param>
/// <param name="Parameters">Values by name, in the invariant culture.</param>
public sealed record CorrectionSetting(string Id, string Description, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>No parameters.</summary>
    internal static IReadOnlyDictionary<string, string> None { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    internal static CorrectionSetting Of(ICorrection correction) =>
        new(correction.Info.Id, correction.Info.Description, correction.Parameters);

    internal static CorrectionSetting Of(IScoreCorrection correction) =>
        new(correction.Info.Id, correction.Info.Description, correction.Parameters);

    internal static IReadOnlyDictionary<string, string> Values(params (string Name, object Value)[] parameters) =>
        new SortedDictionary<string, string>(
            parameters.ToDictionary(entry => entry.Name, entry => Convert.ToString(entry.Value, CultureInfo.InvariantCulture)!),
            StringComparer.Ordinal);
}
