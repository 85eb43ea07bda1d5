using ModalityGap.Statistics;

namespace ModalityGap.Lab.Data.Shapes;

/// <summary>
/// 480 scenes of one coloured shape each, in three styles: 1 440 pictures that need no download. Every shape, colour and size comes with three
/// different places and backgrounds; each picture moves and grows the shape a little. The same bytes on every machine.
/// </summary>
internal static class ShapesData
{
    private const int ScenesEach = 3;

    private const double LargestShift = 0.05;

    private const double LargestGrowth = 0.15;

    public static OpenedData Open(DataOptions options, CancellationToken cancellation)
    {
        List<ShapeScene> scenes = Scenes(new RandomStream(options.Seed));
        int styles = ShapeRaster.Styles.Count;
        PictureMemory.Check(DataSource.ShapesName, scenes.Count * styles, options);
        var pixels = new byte[scenes.Count * styles][];
        Parallel.For(0, pixels.Length, options.Parallel(cancellation), i =>
            pixels[i] = Draw(scenes[i / styles], i, ShapeRaster.Styles[i % styles], options));
        return new OpenedData
        {
            Set = new ImageTextSet(
                DataSource.ShapesName,
                [.. scenes.Select(scene => scene.ToItem())],
                [.. ShapeRaster.Styles.Select(style => style.Name)],
                [.. Enumerable.Range(0, pixels.Length).Select(i => new ImageRow(i / styles, i % styles))],
                pixels,
                options.Side),
            Licences = [$"Drawn by this program from seed {options.Seed}; free of any licence."],
        };
    }

    private static List<ShapeScene> Scenes(RandomStream random)
    {
        List<ShapeScene> scenes = [];
        foreach (Outline outline in Outline.All)
            foreach (ShapeColour colour in ShapeColour.All)
                foreach (ShapeSize size in ShapeSize.All)
                {
                    int[] surroundings = random.Fork("scene", scenes.Count).NextPermutation(ShapePlace.All.Count * ShapeColour.Backgrounds.Count);
                    scenes.AddRange(surroundings.Take(ScenesEach).Select(drawn => new ShapeScene(
                        outline, colour, size, ShapePlace.All[drawn % ShapePlace.All.Count], ShapeColour.Backgrounds[drawn / ShapePlace.All.Count])));
                }
        return scenes;
    }

    private static byte[] Draw(ShapeScene scene, int picture, ShapeRaster.Style style, DataOptions options)
    {
        RandomStream random = new RandomStream(options.Seed).Fork("picture", picture);
        double shiftX = LargestShift * (2 * random.NextUniform() - 1);
        double shiftY = LargestShift * (2 * random.NextUniform() - 1);
        double growth = 1 + LargestGrowth * (2 * random.NextUniform() - 1);
        return ShapeRaster.Draw(scene, style, shiftX, shiftY, growth, options.Side);
    }
}
