using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Data.Emoji;

namespace ModalityGap.Lab.Tests.Data;

public sealed class EmojiTests : IDisposable
{
    private readonly DataFolder cache = new();
    private readonly SmallEmoji small = new();

    public void Dispose()
    {
        cache.Dispose();
        small.Dispose();
    }

    [Fact]
    public void Open_Emoji_JoinsByCodePoints()
    {
        ImageTextSet set = Open().Set;

        // The regional letter has no picture; the toned hands are of another set.
        Assert.Equal(["1f600", "0023-20e3", "1f44b"], set.Items.Select(item => item.Id));
        Assert.Equal(["noto", "twemoji", "fluent-3d"], set.Styles);
        Assert.Equal(
            [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1)], set.Images.Select(image => (image.Item, image.Style)));
        // Noto is red; the second of Fluent's keycaps, which is black, is not taken.
        Assert.Equal(255, set.Pixels[0][0]);
        Assert.True(set.Pixels[5][2 * 64] > 200, "blue");
        Assert.DoesNotContain(set.Items, item => item.SkinTone is not null);
    }

    [Fact]
    public void Open_Emoji_GivesLabelTagsAndUnicodeNameInThisOrder()
    {
        IReadOnlyList<ImageTextItem> items = Open().Set.Items;

        // The Unicode name is the label.
        Assert.Equal(["grinning face", "cheerful, happy"], items[0].Texts);
        // The tags say no more than the label.
        Assert.Equal(["keycap: #", "hash key"], items[1].Texts);
        Assert.Equal(["keycap"], items[1].Tags);
        Assert.Equal(["waving hand", "bye, hello", "waving hand sign"], items[2].Texts);
        Assert.Equal(("people", "hands"), (items[2].Group, items[2].Subgroup));
        Assert.Equal(("symbols", "sweets"), (items[1].Group, items[1].Subgroup));
    }

    [Fact]
    public void Open_Tones_AreASetOfTheirOwn()
    {
        ImageTextSet set = Open(withTones: true).Set;

        Assert.Equal(["1f44b-1f3fb", "1f44b-1f3ff"], set.Items.Select(item => item.Id));
        Assert.Equal([1, 5], set.Items.Select(item => item.SkinTone));
        Assert.Equal(["waving hand: light skin tone", "bye, hello"], set.Items[0].Texts);
        Assert.Equal(4, set.Images.Count);
    }

    [Fact]
    public void Open_SecondTime_ReadsTheCacheAndAsksNobody()
    {
        OpenedData first = Open();
        Assert.Equal(4, small.Asked.Count);
        foreach (NpmPackage package in small.Packages.All)
            File.Delete(cache[package.FileName]);

        OpenedData second = Open();

        Assert.Equal(4, small.Asked.Count);
        Assert.Equal(first.Set.Fingerprint, second.Set.Fingerprint);
        Assert.Equal(first.Set.Items.Select(Described), second.Set.Items.Select(Described));
        Assert.Equal(first.Set.Images, second.Set.Images);
        Assert.Equal(cache["emoji-8.npy"], second.CachedAt);
        Assert.Equal(["emoji-8.jsonl", "emoji-8.npy"], cache.Names);
    }

    [Fact]
    public void Open_AnotherSide_NeedsNoNetworkAgain()
    {
        Open();
        Open(side: 4);

        Assert.Equal(4, small.Asked.Count);
        Assert.Equal(4, Open(side: 4).Set.Side);
    }

    [Fact]
    public void Open_DamagedCache_IsPreparedAgain()
    {
        string fingerprint = Open().Set.Fingerprint;
        foreach (string name in new[] { "emoji-8.npy", "emoji-8.jsonl" })
        {
            byte[] whole = File.ReadAllBytes(cache[name]);
            for (int i = 0; i < whole.Length; i += Math.Max(1, whole.Length / 40))
            {
                byte[] damaged = [.. whole];
                damaged[i] ^= 0x15;
                File.WriteAllBytes(cache[name], damaged);
                Assert.Equal(fingerprint, Open().Set.Fingerprint);
                File.WriteAllBytes(cache[name], whole[..i]);
                Assert.Equal(fingerprint, Open().Set.Fingerprint);
            }
            Assert.Equal(whole, File.ReadAllBytes(cache[name]));
        }
    }

    [Theory]
    [InlineData(0, "null")]
    [InlineData(1, "null")]
    [InlineData(1, "{\"id\":\"1f600\",\"texts\":null}")]
    [InlineData(1, "{\"id\":\"1f600\",\"texts\":[null],\"tags\":[]}")]
    [InlineData(4, "{\"item\":7,\"style\":0}")]
    public void Open_CacheWithALineOfNothing_IsPreparedAgain(int number, string line)
    {
        string fingerprint = Open().Set.Fingerprint;
        string[] lines = File.ReadAllLines(cache["emoji-8.jsonl"]);
        lines[number] = line;
        File.WriteAllLines(cache["emoji-8.jsonl"], lines);

        Assert.Equal(fingerprint, Open().Set.Fingerprint);
    }

    [Fact]
    public void Open_Cache_IsAnArrayThatNumPyReads()
    {
        Open();

        byte[] npy = File.ReadAllBytes(cache["emoji-8.npy"]);
        string header = System.Text.Encoding.ASCII.GetString(npy, 10, npy[8] + 256 * npy[9]);

        Assert.Equal(0, (10 + header.Length) % 64);
        Assert.Equal("{'descr': '|u1', 'fortran_order': False, 'shape': (8, 3, 8, 8), }", header.TrimEnd());
        Assert.Equal(10 + header.Length + 8 * 3 * 8 * 8, npy.Length);
    }

    [Fact]
    public void Open_AnyThreads_GivesTheSameSet()
    {
        string many = Open().Set.Fingerprint;
        using var other = new DataFolder();

        Assert.Equal(many, EmojiData.Open(small.Packages, false, Options() with { Cache = other.Path, Threads = 1 }, null, default).Set.Fingerprint);
    }

    [Fact]
    public void Open_ArchiveOfOtherBytes_IsRefusedAndDeleted()
    {
        string path = cache.Write(small.Packages.Noto.FileName, "not what was pinned");

        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() => Open());

        Assert.Contains("its SHA-256 is not the one of noto@1.0.0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Run again", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        Assert.Equal(3, Open().Set.Items.Count);
    }

    [Fact]
    public void Open_FetchedBytesAreOthers_AreRefusedAndNotKept()
    {
        NpmOutcome? Npm(string folder, IReadOnlyList<string> arguments, CancellationToken cancellation)
        {
            File.WriteAllText(Path.Combine(arguments[3], small.Packages.Noto.FileName), "other");
            return new NpmOutcome(0, "");
        }

        Assert.Contains("SHA-256", Assert.Throws<EmbeddingDataException>(() => Open(npm: Npm)).Message, StringComparison.Ordinal);
        Assert.Empty(cache.Names);
    }

    public static TheoryData<string?, int, string> Failures => new()
    {
        { null, 0, "npm is not installed, or not on the path." },
        { "npm error code ETARGET\nnpm error notarget No matching version found for noto@1.0.0.\nnpm error A complete log of this run can be found in: x\n", 1, "npm said: notarget No matching version found for noto@1.0.0." },
        { "npm ERR! code ENOTFOUND\nnpm ERR! syscall getaddrinfo\nnpm ERR! network request to somewhere failed\n", 1, "npm said: network request to somewhere failed." },
        { "", 7, "npm said: nothing, and ended with code 7." },
        { "", 0, "npm ended well, and left no noto-1.0.0.tgz." },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Open_NpmFails_SaysWhatWasTriedAndThreeWaysOut(string? errors, int code, string fault)
    {
        EmbeddingDataException thrown = Assert.Throws<EmbeddingDataException>(
            () => Open(npm: (_, _, _) => errors is null ? null : new NpmOutcome(code, errors)));

        Assert.Contains("'npm pack noto@1.0.0' did not work; " + fault, thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Run again with a network", thrown.Message, StringComparison.Ordinal);
        Assert.Contains($"into {cache.Path} by hand", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("--data shapes", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(cache.Names);
    }

    [Fact]
    public void Open_CancelledWhileFetching_LeavesNothing()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => Open(npm: (folder, _, _) =>
        {
            File.WriteAllText(Path.Combine(folder, "half"), "half");
            throw new OperationCanceledException();
        }));

        Assert.Empty(cache.Names);
    }

    [Fact]
    public void Open_CancelledWhileDecoding_LeavesNoPreparedSet()
    {
        using var source = new CancellationTokenSource();
        var progress = new Stopper(source);

        Assert.ThrowsAny<OperationCanceledException>(() => EmojiData.Open(small.Packages, false, Options(), progress, source.Token));

        Assert.All(cache.Names, name => Assert.EndsWith(".tgz", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Open_CacheThatCannotBeWritten_NamesTheOptionThatChoosesAnother()
    {
        string file = cache.Write("file", "x");

        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(
            () => EmojiData.Open(small.Packages, false, Options() with { Cache = Path.Combine(file, "in") }, null, default));

        Assert.Contains("--cache", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BrokenPicture_NamesPackageAndEmoji()
    {
        using var folder = new DataFolder();
        NpmPackage twemoji = small.Packages.Twemoji;
        string path = folder.WriteTar(twemoji.FileName, ("package/img/twitter/64/1f600.png", [1, 2, 3]));
        EmojiPackages packages = small.Packages with
        {
            Twemoji = twemoji with { Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))) },
        };
        cache.Write(twemoji.FileName, File.ReadAllBytes(path));

        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() => EmojiData.Open(packages, false, Options(), null, default));

        Assert.Contains("its picture of 1f600 is no PNG", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_RealEmoji_HasTheKnownCounts()
    {
        bool fetched = new EmojiPackages().All.All(package => File.Exists(Path.Combine(CacheFolder.Default, package.FileName)));
        Assert.SkipUnless(fetched, $"needs the four archives in {CacheFolder.Default}, which 'modgap-lab data emoji' fetches");

        ImageTextSet set = DataSource.Open("emoji", new DataOptions { Side = 32 }).Set;

        Assert.Equal(1911, set.Items.Count);
        Assert.Equal(5674, set.Images.Count);
        Assert.Equal([1911, 1911, 1852], Enumerable.Range(0, 3).Select(style => set.Images.Count(image => image.Style == style)));
        Assert.Equal("grinning face", set.Items.Single(item => item.Id == "1f600").Texts[0]);
        ImageTextSet tones = DataSource.Open("emoji-tones", new DataOptions { Side = 32 }).Set;
        Assert.Equal(1615, tones.Items.Count);
        Assert.Equal(4750, tones.Images.Count);
    }

    private OpenedData Open(bool withTones = false, int side = 8, RunNpm? npm = null) =>
        EmojiData.Open(small.Packages, withTones, Options(npm) with { Side = side }, null, default);

    private DataOptions Options(RunNpm? npm = null) => new() { Side = 8, Cache = cache.Path, RunNpm = npm ?? small.Npm };

    private static string Described(ImageTextItem item) =>
        string.Join('|', [item.Id, .. item.Texts, .. item.Tags, item.Group ?? "-", item.Subgroup ?? "-", $"{item.SkinTone}"]);

    private sealed class Stopper(CancellationTokenSource source) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value)
        {
            if (value.Stage.StartsWith("decoding", StringComparison.Ordinal))
                source.Cancel();
        }
    }
}
