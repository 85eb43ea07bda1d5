using System.Text.Json.Serialization;

namespace ModalityGap.Lab.Reproduction;

/// <summary>Where a claim stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClaimStatus>))]
public enum ClaimStatus
{
    /// <summary>It holds here, within the interval or the digits that are printed.</summary>
    [JsonStringEnumMemberName("reproduced")]
    Reproduced,

    /// <summary>It does not hold as printed; the remark says why, and who is wrong.</summary>
    [JsonStringEnumMemberName("differs")]
    Differs,

    /// <summary>Its direction holds, on other data than the paper's; the remark says which.</summary>
    [JsonStringEnumMemberName("direction-only")]
    DirectionOnly,

    /// <summary>Its numbers follow from others that the authors printed.</summary>
    [JsonStringEnumMemberName("recomputed")]
    Recomputed,

    /// <summary>It cannot be tried without something that is not here; the remark says what.</summary>
    [JsonStringEnumMemberName("needs")]
    Needs,

    /// <summary>It can be tried, and has not been yet.</summary>
    [JsonStringEnumMemberName("not-yet-run")]
    NotYetRun,
}
