using ModalityGap.Lab.Native;
using ModalityGap.Testing;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Tests.Native;

/// <summary>Memory that runs out is told in one sentence.</summary>
public sealed class MemoryShortageTests
{
    [Fact]
    public void Guard_LibTorchWithoutMemory_SaysHowMuchAndWhatToLower()
    {
        LibTorch.Load();
        const long petabyte = 1L << 50;

        var told = Assert.Throws<MemoryShortage>(() => MemoryShortage.Guard("Lower it.", () => zeros(petabyte / sizeof(float)).numel()));

        Assert.Equal("memory ran out when 1048576.0 GiB more were needed. Lower it.", told.Message);
    }

    [Fact]
    public void Guard_RuntimeWithoutMemory_SaysWhatToLower()
    {
        var told = Assert.Throws<MemoryShortage>(() => MemoryShortage.Guard("Lower it.", Fail));
        Assert.Equal("memory ran out. Lower it.", told.Message);

        static int Fail() => throw new AggregateException(new InvalidOperationException("in a task", new InsufficientMemoryException()));
    }

    [Theory]
    [InlineData("std::bad_alloc", true)]
    [InlineData("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 2415919104 bytes. Error code 12", true)]
    [InlineData("[ErrorCode:RuntimeException] Failed to allocate memory for requested buffer of size 4096", true)]
    [InlineData("The size of tensor a (3) must match the size of tensor b (4)", false)]
    public void IsCause_WhatLibrariesSay_IsUnderstood(string message, bool expected) =>
        Assert.Equal(expected, MemoryShortage.IsCause(new InvalidOperationException(message)));

    [Fact]
    public void Guard_AnotherFailure_IsLeftAsItIs() =>
        Assert.Throws<InvalidOperationException>(() => MemoryShortage.Guard<int>("Lower it.", () => throw new InvalidOperationException("no")));

    [Fact]
    public void Train_ModelThatDoesNotFit_IsOneSentenceAndNoCrash()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs ulimit -v");
        using var folder = new TemporaryFolder();
        // A process may have eight gigabytes; the runtime reserves far more than it uses unless it is told how much it may have.
        const string limits = "ulimit -v 8000000; export DOTNET_GCHeapHardLimit=0x20000000 OMP_NUM_THREADS=1";
        var lab = new ToolProcess("modgap-lab");
        Assert.SkipUnless(lab.Shell(folder.Path, "LAB", $"{limits}; $LAB doctor").ExitCode == 0, "libtorch does not load within eight gigabytes of addresses");

        ToolRun run = lab.Shell(folder.Path, "LAB", $"{limits}; $LAB train --data shapes --width 1024 --dimensions 4096 --batch 1024 -o run");

        Assert.Equal(3, run.ExitCode);
        string told = Assert.Single(run.Errors.Split('\n'), line => line.Contains("memory ran out", StringComparison.Ordinal));
        Assert.Contains("Lower --batch", told, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", run.Errors, StringComparison.Ordinal);
    }
}
