using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Tests.Sources;

/// <summary>
/// Damages valid files of every format in many ways: a reader either reads or refuses, soon and with little memory. Set
/// MODGAP_FUZZ_SECONDS for a longer run.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FuzzTests : IDisposable
{
    private const int Rounds = 6000;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly string[] Numbers = ["-1", "0", "1", "2", "1e3", "65536", "2147483647", "4294967295", "9223372036854775807", "18446744073709551616"];
    private static readonly ulong[] Fields = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff, long.MaxValue, ulong.MaxValue];

    private static readonly string[] PickleSeeds =
        ["pair.pt", "old.pt", "views.pt", "int8.pt", "pair-0.pkl", "pair-2.pkl", "pair-5.pkl", "nested-1.pkl", "nested-4.pkl", "by-id-3.pkl"];

    private readonly ScratchFolder folder = new();
    private readonly List<(string Name, byte[] Content)> seeds = Seeds();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Seeds_Undamaged_AreRead() =>
        Assert.All(seeds, seed => Assert.NotEmpty(Reading.All(folder.Write(seed.Name, seed.Content))));

    [Fact]
    public void AnyDamage_IsReadOrRefused_SoonAndWithLittleMemory()
    {
        var random = new Random(20220303);
        int refused = 0, read = 0;
        foreach (int round in Repetitions())
        {
            (string name, byte[] content) = seeds[round % seeds.Count];
            byte[] damaged = Damage(content, random);
            string path = folder.Write(name, damaged);
            long started = Stopwatch.GetTimestamp();
            long before = GC.GetTotalAllocatedBytes();
            bool good = Try(round, path);
            long allocated = GC.GetTotalAllocatedBytes() - before;
            Assert.True(Stopwatch.GetElapsedTime(started) < Soon, $"Round {round}, {name}: too slow.");
            // Read twice, once to describe and once for the rows.
            Assert.True(allocated < 2 * Allocation.Limit(damaged.Length), $"Round {round}, {name}: {allocated} bytes allocated.");
            _ = good ? read++ : refused++;
        }
        Assert.True(refused > read / 10 && read > refused / 100, $"{refused} refused, {read} read: the damage is too great or too small.");
    }

    private static bool Try(int round, string path)
    {
        try
        {
            EmbeddingFile.Describe(path);
            foreach (EmbeddingSet set in Reading.All(path))
                Assert.True(set.Rows > 0, $"Round {round}: no rows.");
            return true;
        }
        catch (EmbeddingDataException refused)
        {
            Assert.Contains(path, refused.Message, StringComparison.Ordinal);
            Assert.True(refused.Remedy.Length > 5 && refused.Message.Length < 2000, $"Round {round}: {refused.Message}");
            return false;
        }
        catch (Exception other) when (other is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"Round {round}, {Path.GetFileName(path)}: not a refusal.", other);
        }
    }

    private static IEnumerable<int> Repetitions()
    {
        long started = Stopwatch.GetTimestamp();
        _ = double.TryParse(Environment.GetEnvironmentVariable("MODGAP_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out double seconds);
        for (int round = 0; round < Rounds || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; round++)
            yield return round;
    }

    private byte[] Damage(byte[] content, Random random)
    {
        byte[] damaged = [.. content];
        for (int times = random.Next(1, 4); times > 0 && damaged.Length > 0; times--)
        {
            damaged = random.Next(7) switch
            {
                0 => Flip(damaged, random),
                1 => damaged[..random.Next(damaged.Length)],
                2 => Splice(damaged, seeds[random.Next(seeds.Count)].Content, random),
                3 => ChangeNumber(damaged, random),
                4 => ChangeField(damaged, random),
                5 => [.. damaged, .. damaged.AsSpan(random.Next(damaged.Length))],
                _ => Flip(damaged, random, Math.Min(damaged.Length, 200)),
            };
        }
        return damaged;
    }

    private static byte[] Flip(byte[] content, Random random, int? within = null)
    {
        for (int i = random.Next(1, 9); i > 0; i--)
            content[random.Next(within ?? content.Length)] ^= (byte)(1 << random.Next(8));
        return content;
    }

    private static byte[] Splice(byte[] content, byte[] other, Random random)
    {
        int from = random.Next(other.Length), to = random.Next(from, Math.Min(other.Length, from + 64));
        int at = random.Next(content.Length), until = Math.Min(content.Length, at + random.Next(64));
        return [.. content[..at], .. other[from..to], .. content[until..]];
    }

    /// <summary>Puts another number in the place of one that stands in the header as text.</summary>
    private static byte[] ChangeNumber(byte[] content, Random random)
    {
        int start = Array.FindIndex(content, random.Next(Math.Min(content.Length, 200)), value => value is >= (byte)'0' and <= (byte)'9');
        if (start < 0)
            return content;
        int end = Array.FindIndex(content, start, value => value is < (byte)'0' or > (byte)'9');
        byte[] number = Encoding.ASCII.GetBytes(Numbers[random.Next(Numbers.Length)]);
        return [.. content[..start], .. number, .. content[(end < 0 ? content.Length : end)..]];
    }

    /// <summary>Writes an extreme value over a field of two, four or eight bytes, near the beginning or the end.</summary>
    private static byte[] ChangeField(byte[] content, Random random)
    {
        Span<byte> field = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(field, Fields[random.Next(Fields.Length)]);
        int near = random.Next(Math.Min(content.Length, 120));
        int at = random.Next(2) == 0 ? near : content.Length - 1 - near;
        int size = Math.Min(2 << random.Next(3), content.Length - at);
        field[..size].CopyTo(content.AsSpan(at));
        return content;
    }

    private static List<(string, byte[])> Seeds()
    {
        byte[] flat = SourceBytes.Npy("<f4", "(20, 8)", SourceBytes.Counting(160));
        byte[] stack = SourceBytes.Npy(">f2", "(2, 10, 8)", SourceBytes.Encode(">f2", [.. Enumerable.Range(0, 160).Select(i => (float)i)]));
        byte[] fortran = SourceBytes.Npy("<f8", "(10, 8)", new byte[640], fortran: true, version: 3);
        string lines = string.Concat(Enumerable.Range(0, 20).Select(i => $"{{\"id\":\"n{i}\",\"label\":\"x\",\"image_embedding\":[{i},0.5,-1e-3],\"text_embedding\":[1,NaN,{i}]}}\n"));
        return
        [
            ("flat.npy", flat),
            ("stack.npy", stack),
            ("fortran.npy", fortran),
            ("stored.npz", SourceBytes.Npz(CompressionLevel.NoCompression, ("img", flat), ("txt", flat))),
            ("deflated.npz", SourceBytes.Npz(CompressionLevel.Optimal, ("img", flat), ("txt", flat))),
            ("two.safetensors", SourceBytes.Safetensors(("image", "F32", [5, 4], SourceBytes.Counting(20)), ("text", "BF16", [5, 4], new byte[40]))),
            ("rows.jsonl", Encoding.UTF8.GetBytes(lines)),
            ("rows.fvecs", [.. Enumerable.Range(0, 10).SelectMany(_ => (byte[])[8, 0, 0, 0, .. SourceBytes.Counting(8)])]),
            ("rows.fbin", [20, 0, 0, 0, 8, 0, 0, 0, .. SourceBytes.Counting(160)]),
            .. PickleSeeds.Select(name => (name, PickleFixture.Bytes(name))),
        ];
    }
}
