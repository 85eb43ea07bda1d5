using System.Text.Json.Serialization;

namespace ModalityGap.Lab.Reproduction;

/// <summary>How thoroughly an experiment is run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Effort>))]
public enum Effort
{
    /// <summary>Seconds: enough to see the direction.</summary>
    [JsonStringEnumMemberName("quick")]
    Quick,

    /// <summary>The published sizes, or larger.</summary>
    [JsonStringEnumMemberName("full")]
    Full,
}

/// <summary>One setting of an experiment, as results have it.</summary>
/// <param name="Name">What is set.</param>
/// <param name="Value">To what, in words.</param>
public sealed record Setting(string Name, string Value);
