using System.Buffers.Binary;
using System.Text;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>Writes NumPy files for the tool to read.</summary>
internal static class NpyFile
{
    /// <summary>Two cones around shared semantics: an image and a text file, row i with row i.</summary>
    public static void WritePair(TemporaryFolder folder, int rows = 60, int dimensions = 16, string image = "img.npy", string text = "txt.npy")
    {
        var random = new Random(7);
        var images = new float[rows * dimensions];
        var texts = new float[rows * dimensions];
        for (int i = 0; i < images.Length; i++)
        {
            float shared = random.NextSingle() - 0.5f;
            images[i] = shared + 0.3f * (random.NextSingle() - 0.5f) + (i % dimensions == 0 ? 0.8f : 0.1f);
            texts[i] = shared + 0.3f * (random.NextSingle() - 0.5f) + (i % dimensions == 1 ? 0.8f : 0.1f);
        }
        Write(folder[image], images, rows, dimensions);
        Write(folder[text], texts, rows, dimensions);
    }

    /// <summary>An image and two texts per item around what they share; each modality is moved along an axis of its own by the gap.</summary>
    public static void WriteTwoTexts(
        TemporaryFolder folder, float gap, int items = 160, int dimensions = 24, string image = "img.npy", string text = "txt.npy")
    {
        var random = new Random(11);
        float[] images = new float[items * dimensions], texts = new float[2 * items * dimensions];
        for (int i = 0; i < items; i++)
            for (int k = 0; k < dimensions; k++)
            {
                float shared = random.NextSingle() - 0.5f;
                images[i * dimensions + k] = shared + Noise() + (k < 4 ? gap : 0);
                texts[2 * i * dimensions + k] = shared + Noise() + (k >= 20 ? gap : 0);
                texts[(2 * i + 1) * dimensions + k] = shared + Noise() + (k >= 20 ? gap : 0);
            }
        Write(folder[image], images, items, dimensions);
        Write(folder[text], texts, 2 * items, dimensions);

        float Noise() => 0.6f * (random.NextSingle() - 0.5f);
    }

    public static void Write(string path, float[] values, params int[] shape) => WriteRaw(path, "<f4", shape, Bytes(values));

    /// <summary>A header and data that need not fit together.</summary>
    public static void WriteRaw(string path, string type, int[] shape, byte[] data)
    {
        string tuple = shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape)})";
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {tuple}, }}";
        int padded = (10 + header.Length + 1 + 63) / 64 * 64 - 10;
        byte[] file = new byte[10 + padded + data.Length];
        file[0] = 0x93;
        Encoding.ASCII.GetBytes("NUMPY").CopyTo(file, 1);
        file[6] = 1;
        file[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)padded);
        Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + "\n").CopyTo(file, 10);
        data.CopyTo(file, 10 + padded);
        File.WriteAllBytes(path, file);
    }

    public static byte[] Bytes(float[] values)
    {
        byte[] bytes = new byte[values.Length * 4];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }
}
