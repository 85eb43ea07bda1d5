namespace ModalityGap.Lab.Data;

/// <summary>One thing that pictures show and texts name.</summary>
public sealed record ImageTextItem
{
    /// <summary>What identifies it, such as <c>1f600</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Texts that describe it, at least one, none empty. The first is its name.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>Single words and phrases about it, from which captions can be drawn; may be empty.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A coarse class, such as <c>smileys &amp; emotion</c>, or <c>null</c>.</summary>
    public string? Group { get; init; }

    /// <summary>A finer class, or <c>null</c>.</summary>
    public string? Subgroup { get; init; }

    /// <summary>The skin tone that distinguishes it from another item, 1 (light) to 5 (dark); <c>null</c> where it has none.</summary>
    public int? SkinTone { get; init; }
}
