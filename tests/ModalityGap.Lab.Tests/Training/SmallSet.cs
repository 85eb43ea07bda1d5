using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Training;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Tests.Training;

/// <summary>Pictures of one colour and a bright corner each, in two styles, that a small model learns within seconds.</summary>
internal static class SmallSet
{
    private static readonly string[] Colours = ["red", "green", "blue", "yellow", "purple", "cyan", "white", "grey"];

    private static readonly string[] Corners = ["top left", "top right", "bottom left", "bottom right"];

    public const int Side = 16;

    public static ImageTextSet Create(long seed = 1)
    {
        List<ImageTextItem> items = [];
        List<ImageRow> images = [];
        List<byte[]> pixels = [];
        var random = new RandomStream(seed);
        for (int colour = 0; colour < Colours.Length; colour++)
            for (int corner = 0; corner < Corners.Length; corner++)
            {
                items.Add(new ImageTextItem
                {
                    Id = $"{colour}-{corner}",
                    Texts = [$"{Colours[colour]} {Corners[corner]}", $"{Colours[colour]}, {Corners[corner]}, corner"],
                    Group = Colours[colour],
                });
                for (int style = 0; style < 3; style++)
                {
                    images.Add(new ImageRow(items.Count - 1, style));
                    pixels.Add(Draw(colour, corner, style, random));
                }
            }
        return new ImageTextSet("small", items, ["plain", "dark", "noisy"], images, pixels, Side);
    }

    public static TrainingRun Run(TrainingOptions options, EncoderOptions? encoder = null, ImageTextSet? set = null) => TrainingRun.Of(
        "small", set ?? Create(), new SplitOptions { UnseenItems = 0.1 }, encoder ?? new EncoderOptions { Dimensions = 16, Width = 8 }, options);

    private static byte[] Draw(int colour, int corner, int style, RandomStream random)
    {
        int[] light = colour switch
        {
            0 => [220, 30, 30],
            1 => [30, 200, 30],
            2 => [30, 30, 220],
            3 => [220, 220, 30],
            4 => [160, 30, 200],
            5 => [30, 200, 220],
            6 => [240, 240, 240],
            _ => [128, 128, 128],
        };
        var picture = new byte[ImageTextSet.Channels * Side * Side];
        for (int channel = 0; channel < ImageTextSet.Channels; channel++)
            for (int y = 0; y < Side; y++)
                for (int x = 0; x < Side; x++)
                {
                    bool bright = y < Side / 2 == corner < 2 && x < Side / 2 == (corner % 2 == 0);
                    double value = bright ? light[channel] : light[channel] / 3.0;
                    if (style == 1)
                        value *= 0.8;
                    if (style == 2)
                        value += 20 * (random.NextUniform() - 0.5);
                    picture[(channel * Side + y) * Side + x] = (byte)Math.Clamp(value, 0, 255);
                }
        return picture;
    }
}
