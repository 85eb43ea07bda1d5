using System.Text.Json;
using ModalityGap.Lab.Clip.Pixels;
using ModalityGap.Testing;
using SkiaSharp;

namespace ModalityGap.Lab.Tests.Clip;

public sealed class ClipPreprocessingTests
{
    /// <summary>Single precision: a byte over 255, less the mean, over the deviation.</summary>
    private const double Float32 = 1e-6;

    /// <summary>One level of a byte over the smallest deviation.</summary>
    private const double OneLevel = 1 / 255.0 / 0.26;

    [Theory]
    [InlineData("landscape.png")]
    [InlineData("portrait.png")]
    [InlineData("large.png")]
    [InlineData("exact.png")]
    [InlineData("small.png")]
    [InlineData("gray.png")]
    [InlineData("palette.png")]
    [InlineData("alpha.png")]
    public void Read_ReferencePictures_GivesTheTensorOfPillow(string name) => Assert.InRange(Worst(name), 0, Float32);

    [Fact]
    public void Read_ReferenceJpeg_DiffersByALevelAtMost() => Assert.InRange(Worst("photo.jpg"), 0, OneLevel * 1.01);

    [Fact]
    public void Read_OneColour_IsThatColourLessTheMeanOverTheDeviation()
    {
        float[] values = Read(TestPicture.Plain(300, 200, new SKColor(255, 0, 51)), new ClipPixels { Side = 32 });

        var pixels = new ClipPixels { Side = 32 };
        float[] colour = [1, 0, 0.2f];
        for (int channel = 0; channel < 3; channel++)
            Assert.All(values[(channel * 1024)..(channel * 1024 + 1024)], value => Assert.Equal((colour[channel] - pixels.Mean[channel]) / pixels.Deviation[channel], value, 1e-6));
    }

    [Fact]
    public void Read_Plain_GivesValuesFromZeroToOne()
    {
        float[] values = Read(TestPicture.Encode(40, 30, TestPicture.Noise), new ClipPixels { Side = 16 }.Plain());
        Assert.All(values, value => Assert.InRange(value, 0, 1));
        Assert.True(values.Max() - values.Min() > 0.5);
    }

    [Theory]
    [InlineData(37, 61, 16)]
    [InlineData(61, 37, 16)]
    [InlineData(20, 30, 48)]
    public void Read_AnyPicture_IsNearTheSlowTwinInDoublePrecision(int width, int height, int side)
    {
        byte[] png = TestPicture.Encode(width, height, TestPicture.Noise);

        float[] values = Read(png, new ClipPixels { Side = side }.Plain());

        double[] slow = SlowBicubic(width, height, side);
        // Pillow rounds to bytes twice, and the weights' last bits.
        Assert.Equal(slow.Length, values.Length);
        Assert.True(slow.Zip(values).Max(pair => Math.Abs(pair.First - pair.Second)) < 2.0 / 255);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    [InlineData(SKEncodedImageFormat.Png)]
    public void Read_EachFormat_IsDecoded(SKEncodedImageFormat format)
    {
        float[] values = Read(TestPicture.Plain(40, 40, new SKColor(200, 100, 50), format), new ClipPixels { Side = 8 }.Plain());
        Assert.Equal(200 / 255.0, values[0], 0.03);
        Assert.Equal(50 / 255.0, values[^1], 0.03);
    }

    [Fact]
    public void Read_Gif_IsDecoded()
    {
        // One pixel of the first colour of a palette of two: red.
        byte[] gif = Convert.FromBase64String("R0lGODlhAQABAIAAAP8AAAAAACwAAAAAAQABAAACAkQBADs=");
        float[] values = Read(gif, new ClipPixels { Side = 4 }.Plain());
        Assert.Equal(1, values[0], 1e-6);
        Assert.Equal(0, values[16], 1e-6);
    }

    [Fact]
    public void Read_TurnedByTheCamera_IsTurnedBackUnlessAsked()
    {
        // Left half black, right half white; orientation 6 says that the first row belongs on the right.
        byte[] jpeg = Turned(TestPicture.Encode(64, 64, (x, _) => x < 32 ? SKColors.Black : SKColors.White, SKEncodedImageFormat.Jpeg), 6);
        var pixels = new ClipPixels { Side = 16 }.Plain();

        float[] upright = Read(jpeg, pixels), stored = Read(jpeg, pixels with { IsUpright = false });

        Assert.True(upright[0] < 0.1 && upright[15] < 0.1 && upright[15 * 16] > 0.9);
        Assert.True(stored[0] < 0.1 && stored[15] > 0.9 && stored[15 * 16] < 0.1);
    }

    [Theory]
    [InlineData(0, "is empty")]
    [InlineData(20, "no PNG")]
    [InlineData(-1, "cut off")]
    public void Read_Broken_SaysWhy(int length, string told)
    {
        byte[] png = TestPicture.Encode(64, 64, TestPicture.Noise);
        byte[] broken = length < 0 ? png[..(png.Length / 2)] : length == 0 ? [] : [.. Enumerable.Repeat((byte)7, length)];

        Assert.Null(ClipPreprocessing.Read(broken, new ClipPixels { Side = 8 }, out string? fault));
        Assert.Contains(told, fault, StringComparison.Ordinal);
    }

    private static float[] Read(byte[] file, ClipPixels pixels)
    {
        float[]? values = ClipPreprocessing.Read(file, pixels, out string? fault);
        Assert.Null(fault);
        return values!;
    }

    private static double Worst(string name)
    {
        JsonElement index = JsonDocument.Parse(File.ReadAllText(SharedFolder.File("data", "clip-preprocess", "index.json"))).RootElement;
        JsonElement entry = index.GetProperty("images").EnumerateArray().Single(image => image.GetProperty("file").GetString() == name);
        int side = entry.GetProperty("size").GetInt32();
        var pixels = new ClipPixels { Side = side, Mean = Floats(index, "mean"), Deviation = Floats(index, "std"), IsUpright = false };
        float[] values = Read(File.ReadAllBytes(SharedFolder.File("data", "clip-preprocess", name)), pixels);
        float[] expected = TinyClip.Array<float>("clip-preprocess", $"{name}.{side}.npy");
        return expected.Zip(values).Max(pair => Math.Abs((double)pair.First - pair.Second));
    }

    private static float[] Floats(JsonElement index, string name) => [.. index.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];

    // Orientation in the only entry of the first directory, big-endian, after the start of the picture.
    private static byte[] Turned(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8,
            0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    // Every source pixel for every target one, nothing rounded; rows end at black and white before columns are mixed.
    private static double[] SlowBicubic(int width, int height, int side)
    {
        int shorter = Math.Min(width, height);
        int wide = width <= height ? side : side * width / height, high = width <= height ? side * height / width : side;
        int left = (int)Math.Round((wide - side) / 2.0), top = (int)Math.Round((high - side) / 2.0);
        var values = new double[3 * side * side];
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
            {
                double[] across = Weights(width, wide, x + left), down = Weights(height, high, y + top);
                for (int channel = 0; channel < 3; channel++)
                    for (int v = 0; v < height; v++)
                    {
                        double row = Enumerable.Range(0, width).Sum(u => across[u] * Channel(TestPicture.Noise(u, v), channel) / 255.0);
                        values[(channel * side + y) * side + x] += down[v] * Math.Clamp(row, 0, 1);
                    }
            }
        return [.. values.Select(value => Math.Clamp(value, 0, 1))];
    }

    private static byte Channel(SKColor colour, int channel) => channel switch
    {
        0 => colour.Red,
        1 => colour.Green,
        _ => colour.Blue,
    };

    private static double[] Weights(int length, int scaled, int target)
    {
        double scale = (double)length / scaled, growth = Math.Max(1, scale), centre = (target + 0.5) * scale;
        double[] weights = [.. Enumerable.Range(0, length).Select(j => Keys(Math.Abs(j + 0.5 - centre) / growth))];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private static double Keys(double x) => x < 1 ? 1.5 * x * x * x - 2.5 * x * x + 1 : x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0;
}
