using System.Globalization;
using System.IO.Compression;
using System.Text;
using ModalityGap.Testing;

namespace ModalityGap.Tests.Sources;

/// <summary>
/// Checkpoints and pickles: those that PyTorch and NumPy wrote (by scripts/pickle_fixtures.py), and those that a test makes.
/// </summary>
internal static class PickleFixture
{
    /// <summary>The four rows of three values in most fixtures; the other modality has 1 more everywhere.</summary>
    public static float[] Image { get; } = [.. Enumerable.Range(0, 12).Select(i => i / 4f)];

    public static float[] Text { get; } = [.. Image.Select(value => value + 1)];

    public static string Path(string name) =>
        System.IO.Path.Combine(SharedFolder.RepositoryRoot, "tests", "ModalityGap.Tests", "Sources", "Pickles", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    /// <summary>A pickle as its letters.</summary>
    public static byte[] Pickle(string letters) => Encoding.Latin1.GetBytes(letters);

    /// <summary>Instructions of protocol 0 for a tensor.</summary>
    public static string Tensor(string storageType, string storage, long count, long offset, long[] shape, long[] strides) =>
        $"ctorch._utils\n_rebuild_tensor_v2\n((Vstorage\nctorch\n{storageType}\nV{storage}\nVcpu\nI{Number(count)}\ntQ"
        + $"I{Number(offset)}\n{Tuple(shape)}{Tuple(strides)}I00\nNtR";

    /// <summary>A checkpoint whose pickle is a dictionary with these entries, each the instructions of its value.</summary>
    public static byte[] Checkpoint((string Key, string Value)[] entries, params (string Member, byte[] Content)[] members)
    {
        string pickle = "(d" + string.Concat(entries.Select(entry => $"V{entry.Key}\n{entry.Value}s")) + ".";
        return Archive([("data.pkl", Pickle(pickle)), .. members]);
    }

    public static byte[] Archive(IEnumerable<(string Member, byte[] Content)> members, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach ((string member, byte[] content) in members)
            {
                using Stream entry = archive.CreateEntry("x/" + member, level).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }

    private static string Tuple(long[] numbers) => $"({string.Concat(numbers.Select(number => $"I{Number(number)}\n"))}t";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
