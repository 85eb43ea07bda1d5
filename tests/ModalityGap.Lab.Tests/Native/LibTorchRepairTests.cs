using System.Runtime.InteropServices;
using ModalityGap.Lab.Native;
using ModalityGap.Statistics;
using ModalityGap.Testing;
using TorchSharp;

namespace ModalityGap.Lab.Tests.Native;

public sealed class LibTorchRepairTests
{
    private const string Marker = "_ZSt21ios_base_library_initv";

    [Fact]
    public void Repaired_MarkerOnly_ChangesTheFlagAndNothingElse()
    {
        byte[] library = TinyElf.With(LibTorchRepair.Version, [Marker]);

        byte[]? repaired = LibTorchRepair.Repaired(library);

        Assert.NotNull(repaired);
        Assert.Equal(TinyElf.With(LibTorchRepair.Version, [Marker], flags: 2), repaired);
        Assert.Equal(1, Differences(library, repaired));
    }

    [Fact]
    public void Repaired_WhatItIsNotRightFor_IsLeftAlone()
    {
        Assert.Null(LibTorchRepair.Repaired(TinyElf.With(LibTorchRepair.Version, [Marker], flags: 2)));
        Assert.Null(LibTorchRepair.Repaired(TinyElf.With(LibTorchRepair.Version, [Marker], relocatedTo: 0)));
        Assert.Null(LibTorchRepair.Repaired(TinyElf.With(LibTorchRepair.Version, [Marker, "another"])));
        Assert.Null(LibTorchRepair.Repaired(TinyElf.With(LibTorchRepair.Version, ["another"])));
        Assert.Null(LibTorchRepair.Repaired(TinyElf.With("GLIBCXX_3.4.33", [Marker])));
        Assert.Null(LibTorchRepair.Repaired([]));
        Assert.Null(LibTorchRepair.Repaired([.. "not a library at all, but long enough to hold the header of one, if it were"u8]));
    }

    [Fact]
    public void Repaired_TruncatedOrGarbled_NeverThrows()
    {
        byte[] library = TinyElf.With(LibTorchRepair.Version, [Marker]);
        var random = new RandomStream(1);
        for (int length = 0; length < library.Length; length++)
            LibTorchRepair.Repaired(library[..length]);
        for (int i = 0; i < 5000; i++)
        {
            byte[] garbled = [.. library];
            for (int k = 0; k < 3; k++)
                garbled[6 + random.NextIndex(garbled.Length - 6)] = (byte)random.NextBits();
            LibTorchRepair.Repaired(garbled);
        }
    }

    [Fact]
    public void Repaired_ThePackagesLibrary_DiffersInOneByte()
    {
        byte[] library = File.ReadAllBytes(Packaged());

        byte[]? repaired = LibTorchRepair.Repaired(library);

        Assert.NotNull(repaired);
        Assert.Equal(1, Differences(library, repaired));
        Assert.False(new ElfVersionNeeds(repaired).Requires(LibTorchRepair.Version));
        Assert.True(new ElfVersionNeeds(repaired).Requires("GLIBCXX_3.4.30"));
        Assert.Null(LibTorchRepair.Repaired(repaired));
    }

    [Fact]
    public void CopyRepaired_Twice_WritesOnceAndMendsADamagedCopy()
    {
        using var folder = new TemporaryFolder();
        string library = Packaged(), copy = LibTorchRepair.CopyRepaired(library, folder.Path)!;
        byte[] original = File.ReadAllBytes(library), content = File.ReadAllBytes(copy);
        DateTime written = File.GetLastWriteTimeUtc(copy);

        Assert.Equal(copy, LibTorchRepair.CopyRepaired(library, folder.Path));
        Assert.Equal(written, File.GetLastWriteTimeUtc(copy));

        File.WriteAllBytes(copy, content[..1000]);
        Assert.Equal(copy, LibTorchRepair.CopyRepaired(library, folder.Path));
        Assert.Equal(content, File.ReadAllBytes(copy));
        Assert.Equal(original, File.ReadAllBytes(library));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(copy)!));
    }

    [Fact]
    public void Load_ComputesAndSaysWhetherItHadToRepair()
    {
        LibTorchState state = LibTorch.Load();

        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor product = torch.tensor(new float[] { 1, 2, 3, 4 }, [2, 2]).matmul(torch.tensor(new float[] { 5, 6, 7, 8 }, [2, 2]));
        Assert.Equal([19f, 22f, 43f, 50f], product.data<float>().ToArray());
        Assert.StartsWith("2.", state.Version, StringComparison.Ordinal);
        Assert.Same(state, LibTorch.Load());
        if (!OperatingSystem.IsLinux())
            Assert.False(state.IsRepaired);
        else
            // libtorch itself is there by now, so only the version can keep the package's library from loading.
            Assert.Equal(!NativeLibrary.TryLoad(Packaged(), out _), state.IsRepaired);
    }

    private static string Packaged()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "the repair is for Linux x64");
        return LibTorch.PackagedShim() ?? throw new InvalidOperationException("The native library is not beside the tests.");
    }

    private static int Differences(byte[] a, byte[] b)
    {
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b).Count(pair => pair.First != pair.Second);
    }
}
