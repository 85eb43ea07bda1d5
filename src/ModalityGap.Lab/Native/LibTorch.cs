using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace ModalityGap.Lab.Native;

/// <summary>Loads libtorch, once, and says how it went.</summary>
public static class LibTorch
{
    private const string Shim = "LibTorchSharp";

    private static readonly Lazy<LibTorchState> State = new(Start);

    private static string? repairedCopy;

    /// <summary>Loads libtorch, unless it is loaded. Everything in the laboratory that makes a tensor calls this first.</summary>
    /// <exception cref="LibTorchException">It cannot be loaded here.</exception>
    public static LibTorchState Load() => State.Value;

    /// <summary>The rate of a product of two 1024 x 1024 matrices, in GFLOP/s: the best of some.</summary>
    public static double MeasureProductRate()
    {
        const int n = 1024, tries = 8;
        Load();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor a = torch.ones(n, n), b = torch.ones(n, n);
        double best = double.MaxValue;
        for (int i = 0; i < tries; i++)
        {
            long start = Stopwatch.GetTimestamp();
            a.matmul(b).Dispose();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return 2.0 * n * n * n / best / 1e9;
    }

    /// <summary>Where repaired copies of the native library are kept.</summary>
    internal static string RepairFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } local
            ? local
            : Path.GetTempPath(),
        "modgap-lab",
        "native");

    /// <summary>The package's native library as this program finds it, or <c>null</c>.</summary>
    internal static string? PackagedShim() => Packaged($"lib{Shim}.so");

    private static LibTorchState Start()
    {
        // Raised only after the ordinary search and load have failed: where the package's own library loads, nothing is done.
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            using torch.Tensor probe = torch.ones(2, 2);
            return new LibTorchState(torch.__version__, torch.get_num_threads(), repairedCopy ?? PackagedShim() ?? Shim, repairedCopy is not null);
        }
        catch (Exception exception) when (exception is DllNotFoundException or NotSupportedException or TypeInitializationException or EntryPointNotFoundException)
        {
            throw new LibTorchException(exception);
        }
    }

    private static nint Resolve(Assembly assembly, string name)
    {
        if (!OperatingSystem.IsLinux() || assembly != typeof(torch).Assembly || name != Shim || PackagedShim() is not { } library)
            return 0;
        if (LibTorchRepair.CopyRepaired(library, RepairFolder) is not { } copy)
            return 0;
        // The copy lies elsewhere, so what it is linked to must be there before it.
        foreach (string needed in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"])
            if (Packaged(needed) is { } path)
                NativeLibrary.Load(path);
        if (!NativeLibrary.TryLoad(copy, out nint handle))
            return 0;
        repairedCopy = copy;
        return handle;
    }

    private static string? Packaged(string file) =>
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
}
