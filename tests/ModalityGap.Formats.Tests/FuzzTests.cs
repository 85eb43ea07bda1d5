using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using ModalityGap.Embeddings;

namespace ModalityGap.Formats.Tests;

/// <summary>
/// Damages valid files of every format in many ways: a reader either reads or refuses, soon and with bounded memory. Set
/// MODGAP_FUZZ_SECONDS for a longer run of each.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FuzzTests : IDisposable
{
    private const int Rounds = 300;
    private const long MostMemory = 64 << 20;

    /// <summary>PureHDF takes memory for what a field announces, up to its own limit, and drops it untouched when the file ends before.</summary>
    private const long MostMemoryOfHdf5 = 2L << 30;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly ulong[] Fields = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff, long.MaxValue, ulong.MaxValue];

    private readonly ScratchFolder folder = new();

    public static TheoryData<string> Names => [.. FuzzSeeds.All.Select(seed => seed.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Seed_Undamaged_IsRead(string name) => Assert.NotEmpty(Formats.Read(folder.Write(name, FuzzSeeds.Content(name))));

    [Theory]
    [MemberData(nameof(Names))]
    public void AnyDamage_IsReadOrRefused_SoonAndWithBoundedMemory(string name)
    {
        byte[] content = FuzzSeeds.Content(name);
        var random = new Random(20220303);
        int refused = 0, read = 0;
        foreach (int round in Repetitions())
        {
            byte[] damaged = Damage(content, random);
            string path = folder.Write(name, damaged);
            long started = Stopwatch.GetTimestamp();
            long before = GC.GetTotalAllocatedBytes();
            bool good = damaged.Length == 0 || Try(round, path);
            long allocated = GC.GetTotalAllocatedBytes() - before;
            if (Stopwatch.GetElapsedTime(started) > Soon)
                Assert.Fail($"Round {round}, {Kept(path)}: too slow.");
            if (allocated > (name.EndsWith(".h5", StringComparison.Ordinal) ? MostMemoryOfHdf5 : MostMemory))
                Assert.Fail($"Round {round}, {Kept(path)}: {allocated} bytes allocated.");
            _ = good ? read++ : refused++;
        }
        Assert.True(refused > 0 && read > 0, $"{refused} refused, {read} read: the damage is too great or too small.");
    }

    private static bool Try(int round, string path)
    {
        try
        {
            Formats.Describe(path);
            foreach (EmbeddingSet set in Formats.Read(path))
                Assert.True(set.Rows > 0, $"Round {round}: no rows.");
            return true;
        }
        catch (EmbeddingDataException refused)
        {
            Assert.Contains(path, refused.Message, StringComparison.Ordinal);
            Assert.True(refused.Remedy.Length > 5 && refused.Message.Length < 3000, $"Round {round}: {refused.Message}");
            return false;
        }
        catch (Exception other) when (other is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"Round {round}, {Kept(path)}: not a refusal.", other);
        }
    }

    /// <summary>A copy of the file that a failure is about, beside the scratch folder that vanishes.</summary>
    private static string Kept(string path)
    {
        string copy = Path.Combine(Path.GetTempPath(), $"fuzz-{Path.GetFileName(path)}");
        File.Copy(path, copy, overwrite: true);
        return copy;
    }

    private static IEnumerable<int> Repetitions()
    {
        long started = Stopwatch.GetTimestamp();
        _ = double.TryParse(Environment.GetEnvironmentVariable("MODGAP_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out double seconds);
        for (int round = 0; round < Rounds || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; round++)
            yield return round;
    }

    private static byte[] Damage(byte[] content, Random random)
    {
        byte[] damaged = [.. content];
        for (int times = random.Next(1, 3); times > 0 && damaged.Length > 0; times--)
        {
            switch (random.Next(5))
            {
                case 0:
                    damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged = damaged[..random.Next(damaged.Length)];
                    break;
                case 2:
                    Overwrite(damaged, random.Next(damaged.Length), random);
                    break;
                case 3:
                    Overwrite(damaged, random.Next(Math.Min(damaged.Length, 400)), random);
                    break;
                default:
                    Overwrite(damaged, damaged.Length - 1 - random.Next(Math.Min(damaged.Length, 600)), random);
                    break;
            }
        }
        return damaged;
    }

    /// <summary>Writes an extreme value over a field of one to eight bytes.</summary>
    private static void Overwrite(byte[] content, int at, Random random)
    {
        Span<byte> field = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(field, Fields[random.Next(Fields.Length)]);
        int size = Math.Min(1 << random.Next(4), content.Length - at);
        field[..size].CopyTo(content.AsSpan(at));
    }
}

/// <summary>Tests that measure the whole process run alone.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
