namespace ModalityGap.Lab.Data.Shapes;

/// <summary>One shape on its background: everything that its captions say.</summary>
internal sealed record ShapeScene(Outline Outline, ShapeColour Colour, ShapeSize Size, ShapePlace Place, ShapeColour Background)
{
    public ImageTextItem ToItem() => new()
    {
        Id = string.Join('-', Size.Name, Colour.Name, Outline.Name, Place.Name, Background.Name).Replace(' ', '-'),
        Texts =
        [
            $"{Article(Size.Name)} {Colour.Name} {Outline.Name} {Place.Phrase} on a {Background.Name} background",
            $"on {Background.Name}, {Place.Phrase}: {Article(Outline.Name)} in {Colour.Name}, {Size.Phrase}",
            string.Join(", ", Tags),
        ],
        Tags = Tags,
        Group = Outline.Name,
        Subgroup = Colour.Name,
    };

    private string[] Tags => [Outline.Name, Colour.Name, Size.Name, Place.Name, $"{Background.Name} background"];

    private static string Article(string noun) => noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? $"an {noun}" : $"a {noun}";
}

/// <summary>How large a shape is drawn.</summary>
/// <param name="Name">In one word.</param>
/// <param name="Phrase">In other words.</param>
/// <param name="Radius">Its radius as a share of the picture's side.</param>
internal sealed record ShapeSize(string Name, string Phrase, double Radius)
{
    public static IReadOnlyList<ShapeSize> All { get; } = [new("small", "rather little", 0.13), new("large", "quite big", 0.24)];
}

/// <summary>Where a shape is drawn.</summary>
/// <param name="Name">In one word.</param>
/// <param name="Phrase">In a sentence.</param>
/// <param name="X">From 0 (left) to 1.</param>
/// <param name="Y">From 0 (top) to 1.</param>
internal sealed record ShapePlace(string Name, string Phrase, double X, double Y)
{
    public static IReadOnlyList<ShapePlace> All { get; } =
    [
        new("centre", "in the centre", 0.5, 0.5),
        new("top left", "at the top left", 0.28, 0.28),
        new("top right", "at the top right", 0.72, 0.28),
        new("bottom left", "at the bottom left", 0.28, 0.72),
        new("bottom right", "at the bottom right", 0.72, 0.72),
    ];
}
