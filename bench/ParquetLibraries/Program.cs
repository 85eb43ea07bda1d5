using System.Diagnostics;
using System.Globalization;
using ParquetLibraries;

// Compares two Parquet libraries on 100,000 x 512 float32 in one list column, each step in a process of its own:
//   dotnet run -c Release --project bench/ParquetLibraries
if (args is [string step, string path])
{
    long started = Stopwatch.GetTimestamp();
    double checksum = step switch
    {
        "write-net" => NetFile.Write(path),
        "write-sharp" => SharpFile.Write(path),
        "read-net" => NetFile.Read(path),
        "read-sharp" => SharpFile.Read(path),
        _ => throw new ArgumentException(step),
    };
    double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
    using Process self = Process.GetCurrentProcess();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s, peak {self.PeakWorkingSet64 / 1e6:0} MB, checksum {checksum:0.000}"));
    return;
}

string folder = Directory.CreateTempSubdirectory("parquet-libraries-").FullName;
string net = Path.Combine(folder, "net.parquet"), sharp = Path.Combine(folder, "sharp.parquet");
try
{
    Run("write-net", net);
    Run("write-sharp", sharp);
    Console.WriteLine($"Parquet.Net wrote {new FileInfo(net).Length:N0} bytes, ParquetSharp {new FileInfo(sharp).Length:N0}");
    foreach (string file in (string[])[sharp, net])
        foreach (string reader in (string[])["read-net", "read-sharp"])
            for (int time = 0; time < 3; time++)
                Run(reader, file);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static void Run(string step, string path)
{
    var start = new ProcessStartInfo(Environment.ProcessPath!, [step, path]) { RedirectStandardOutput = true };
    using Process process = Process.Start(start)!;
    string said = process.StandardOutput.ReadToEnd().Trim();
    process.WaitForExit();
    Console.WriteLine($"{step,-16} {Path.GetFileName(path),-14} {(process.ExitCode == 0 ? said : "failed")}");
}
