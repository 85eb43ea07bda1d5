namespace ModalityGap.Lab.Data.Emoji;

/// <summary>The packages that the emoji come from. Those of Apple and Facebook are not free and never used.</summary>
internal sealed record EmojiPackages
{
    /// <summary>Noto by Google: pictures (Apache-2.0), and names of all emoji (emoji.json).</summary>
    public NpmPackage Noto { get; init; } = new(
        "emoji-datasource-google", "16.0.0", "fb5fd131b362aab7a55542d2a147a79708cce0a8b1c1bbacd470172708b5c438");

    /// <summary>Twemoji: pictures (CC BY 4.0).</summary>
    public NpmPackage Twemoji { get; init; } = new(
        "emoji-datasource-twitter", "16.0.0", "f64a530c63bca463bd8317fdc4615ce63a53a0c65018e4ce2d848aaba7a28877");

    /// <summary>Fluent by Microsoft, in 3D: pictures (MIT).</summary>
    public NpmPackage Fluent { get; init; } = new(
        "@lobehub/fluent-emoji-3d", "1.1.0", "c1bb7eee7de090205a232518a9ab4adb3df458bfbe8a1f78232991194c8b2e58");

    /// <summary>Labels, tags, groups and tones (MIT).</summary>
    public NpmPackage Emojibase { get; init; } = new(
        "emojibase-data", "17.0.0", "d01d0e2ca4e22cb402679532155342c71e2e871f25c32223c013b8b166ebdf5a");

    /// <summary>Styles in the order of the set; the last is the one that training does not see by default.</summary>
    public IReadOnlyList<(string Style, NpmPackage Package, string Folder)> Pictures =>
    [
        ("noto", Noto, "package/img/google/64/"),
        ("twemoji", Twemoji, "package/img/twitter/64/"),
        ("fluent-3d", Fluent, "package/assets/"),
    ];

    public IReadOnlyList<NpmPackage> All => [Noto, Twemoji, Fluent, Emojibase];

    public IReadOnlyList<string> Licences =>
    [
        $"Pictures, style noto: Noto Emoji by Google, Apache-2.0, from {Noto.Specification}.",
        $"Pictures, style twemoji: Twemoji by Twitter and contributors, CC BY 4.0, from {Twemoji.Specification}.",
        $"Pictures, style fluent-3d: Fluent Emoji by Microsoft, MIT, from {Fluent.Specification}.",
        $"Labels, tags and groups: Emojibase, MIT, with data of Unicode CLDR, from {Emojibase.Specification}.",
        $"Unicode names: emoji-data, MIT, from {Noto.Specification}.",
    ];
}
