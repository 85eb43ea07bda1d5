namespace ModalityGap.Lab.Data.Shapes;

/// <summary>A colour with its name.</summary>
internal sealed record ShapeColour(string Name, byte Red, byte Green, byte Blue)
{
    public static IReadOnlyList<ShapeColour> All { get; } =
    [
        new("red", 214, 40, 40),
        new("orange", 240, 130, 20),
        new("yellow", 236, 200, 20),
        new("green", 40, 150, 60),
        new("blue", 40, 90, 210),
        new("purple", 130, 60, 170),
        new("brown", 125, 80, 45),
        new("black", 25, 25, 25),
    ];

    public static IReadOnlyList<ShapeColour> Backgrounds { get; } =
    [
        new("white", 255, 255, 255),
        new("grey", 190, 190, 190),
        new("pink", 250, 205, 215),
        new("light blue", 190, 225, 245),
    ];
}
