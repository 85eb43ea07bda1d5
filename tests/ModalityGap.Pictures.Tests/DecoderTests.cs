using ModalityGap.Pictures.Decoding;
using ModalityGap.Testing;
using SkiaSharp;

namespace ModalityGap.Pictures.Tests;

public sealed class DecoderTests
{
    [Fact]
    public void Decode_PictureOfTheWantedSide_KeepsEveryByte()
    {
        byte[] planes = PictureDecoder.Decode(TestPicture.Encode(16, 16, TestPicture.Noise), 16).Planes!;

        for (int y = 0; y < 16; y++)
            for (int x = 0; x < 16; x++)
            {
                SKColor wanted = TestPicture.Noise(x, y);
                Assert.Equal((wanted.Red, wanted.Green, wanted.Blue), (planes[y * 16 + x], planes[256 + y * 16 + x], planes[512 + y * 16 + x]));
            }
    }

    [Theory]
    [InlineData(0, 255, 255, 255)]
    [InlineData(255, 200, 100, 0)]
    [InlineData(51, 244, 224, 204)]
    public void Decode_Transparency_StandsOnWhite(byte alpha, byte red, byte green, byte blue)
    {
        byte[] planes = PictureDecoder.Decode(TestPicture.Plain(4, 4, new SKColor(200, 100, 0, alpha)), 4).Planes!;

        Assert.Equal((red, green, blue), (planes[0], planes[16], planes[32]));
    }

    [Theory]
    [InlineData(40, 40, 13)]
    [InlineData(50, 31, 8)]
    [InlineData(9, 23, 16)]
    public void ToPlanes_AnySize_EqualsTheDoubleLoop(int width, int height, int side)
    {
        byte[] pixels = new byte[width * height * 4];
        for (int i = 0; i < width * height; i++)
        {
            SKColor colour = TestPicture.Noise(i % width, i / width);
            (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = (colour.Red, colour.Green, colour.Blue, 255);
        }

        byte[] planes = PictureScaling.ToPlanes(pixels, width, height, side);

        double scale = (double)Math.Min(width, height) / side, reach = Math.Max(1, scale);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
            {
                double centreX = (width - Math.Min(width, height)) / 2.0 + (x + 0.5) * scale;
                double centreY = (height - Math.Min(width, height)) / 2.0 + (y + 0.5) * scale;
                double sum = 0, weights = 0;
                for (int row = 0; row < height; row++)
                    for (int column = 0; column < width; column++)
                    {
                        double weight = Math.Max(0, 1 - Math.Abs(column + 0.5 - centreX) / reach) * Math.Max(0, 1 - Math.Abs(row + 0.5 - centreY) / reach);
                        weights += weight;
                        sum += weight * pixels[4 * (row * width + column) + 1];
                    }
                Assert.InRange(planes[side * side + y * side + x], sum / weights - 0.51, sum / weights + 0.51);
            }
    }

    [Fact]
    public void Decode_LongPicture_KeepsItsMiddle()
    {
        byte[] picture = TestPicture.Encode(48, 16, (x, _) => x is >= 16 and < 32 ? SKColors.Red : SKColors.Blue);

        byte[] planes = PictureDecoder.Decode(picture, 16).Planes!;

        Assert.All(planes[..256], red => Assert.Equal(255, red));
        Assert.All(planes[512..], blue => Assert.Equal(0, blue));
    }

    [Fact]
    public void DecodeWhole_LongPicture_KeepsItsEndsAndIsClearBeside()
    {
        byte[] picture = TestPicture.Encode(48, 16, (x, _) => x < 24 ? SKColors.Red : SKColors.Blue);

        byte[] planes = PictureDecoder.DecodeWhole(picture, 12).Planes!;

        for (int y = 0; y < 12; y++)
            for (int x = 0; x < 12; x++)
            {
                int at = y * 12 + x;
                bool inside = y is >= 4 and < 8;
                Assert.Equal(inside ? 255 : 0, planes[3 * 144 + at]);
                Assert.Equal(inside && x < 5 ? 255 : 0, x is 5 or 6 ? 0 : planes[at]);
                Assert.Equal(inside && x > 6 ? 255 : 0, x is 5 or 6 ? 0 : planes[2 * 144 + at]);
            }
    }

    [Theory]
    [InlineData(1, 5000)]
    [InlineData(5000, 1)]
    public void DecodeWhole_Thread_IsALineOfOnePixel(int width, int height)
    {
        byte[] planes = PictureDecoder.DecodeWhole(TestPicture.Plain(width, height, SKColors.Red), 8).Planes!;

        Assert.Equal(8, planes[(3 * 64)..].Count(opacity => opacity == 255));
        Assert.Equal(8, planes[..64].Count(red => red == 255));
    }

    [Fact]
    public void Decode_LargePhotograph_IsScaledLikeTheWholeOne()
    {
        static SKColor Soft(int x, int y) => new((byte)(x * 255 / 450), (byte)(y * 255 / 350), (byte)((x + y) * 255 / 800));
        byte[] jpeg = TestPicture.Encode(450, 350, Soft, SKEncodedImageFormat.Jpeg), png = TestPicture.Encode(450, 350, Soft);

        byte[] fast = PictureDecoder.Decode(jpeg, 8).Planes!, slow = PictureDecoder.Decode(png, 8).Planes!;

        Assert.All(fast.Zip(slow), pair => Assert.InRange(pair.First - pair.Second, -3, 3));
    }

    [Fact]
    public void Decode_GreyPhotograph_HasThreeEqualPlanes()
    {
        using var grey = new SKBitmap(new SKImageInfo(20, 20, SKColorType.Gray8, SKAlphaType.Opaque));
        grey.Erase(new SKColor(90, 90, 90));
        using SKData jpeg = grey.Encode(SKEncodedImageFormat.Jpeg, 95);

        Assert.All(PictureDecoder.Decode(jpeg.ToArray(), 8).Planes!, value => Assert.InRange(value, 88, 92));
    }

    // Orientation as in EXIF, and where the dark quarter, which the file has at the top left, belongs: column and row of a 2 x 2 grid.
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(6, 1, 0)]
    [InlineData(8, 0, 1)]
    public void Decode_CameraHeldAnotherWay_IsUpright(int orientation, int column, int row)
    {
        byte[] jpeg = TestPicture.Encode(32, 32, (x, y) => x < 16 && y < 16 ? SKColors.Black : SKColors.White, SKEncodedImageFormat.Jpeg);
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        ];

        byte[] planes = PictureDecoder.Decode([.. jpeg[..2], .. exif, .. jpeg[2..]], 8).Planes!;

        for (int quarter = 0; quarter < 4; quarter++)
        {
            int x = quarter % 2, y = quarter / 2, value = planes[(1 + y * 5) * 8 + 1 + x * 5];
            Assert.Equal((x, y) == (column, row), value < 128);
        }
    }

    [Fact]
    public void Decode_EveryBeginningOfAPicture_IsAFaultAndNeverAnError()
    {
        foreach (SKEncodedImageFormat format in new[] { SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Webp })
        {
            byte[] whole = TestPicture.Encode(20, 20, TestPicture.Noise, format);
            for (int length = 0; length < whole.Length - 20; length += 7)
                Assert.NotNull(PictureDecoder.Decode(whole[..length], 8).Fault);
        }
    }

    [Fact]
    public void Decode_HeaderThatClaimsTooMuch_IsAFault()
    {
        byte[] png = TestPicture.Plain(4, 4, SKColors.Red);
        // Width and height stand after signature, length and name of the first chunk; the checksum follows.
        for (int i = 16; i < 24; i += 4)
            (png[i], png[i + 1], png[i + 2], png[i + 3]) = (0, 1, 0, 0);
        uint checksum = Checksum(png.AsSpan(12, 17));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), checksum);

        Assert.Contains("65536 x 65536", PictureDecoder.Decode(png, 8).Fault, StringComparison.Ordinal);
    }

    // CRC-32 of PNG.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint value = uint.MaxValue;
        foreach (byte one in bytes)
        {
            value ^= one;
            for (int bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320 ^ value >> 1 : value >> 1;
        }
        return ~value;
    }

    [Fact]
    public void Run_AnyThreads_GivesTheSameBytes()
    {
        byte[][] pictures = [.. Enumerable.Range(0, 30).Select(i => TestPicture.Encode(10 + i, 20, (x, y) => TestPicture.Noise(x + i, y)))];
        IEnumerable<EncodedPicture> encoded = pictures.Select((bytes, i) => new EncodedPicture(29 - i, () => bytes));

        DecodedPicture[] one = Run(1), many = Run(5);

        Assert.All(one.Zip(many), pair => Assert.Equal(pair.First.Planes, pair.Second.Planes));
        Assert.Equal(PictureDecoder.Decode(pictures[29], 16).Planes, one[0].Planes);

        DecodedPicture[] Run(int threads) => PictureDecoding.Run(
            encoded, 30, bytes => PictureDecoder.Decode(bytes, 16), new ParallelOptions { MaxDegreeOfParallelism = threads }, null);
    }
}
