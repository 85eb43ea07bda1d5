namespace ModalityGap.Sources;

/// <summary>
/// A file that is either written whole or not at all: its content goes to a file beside it, which takes its name at the end. Opened
/// before the work starts, so that an output that cannot be written is told at once and not after minutes.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string path;
    private readonly string? target;
    private readonly string written;
    private FileStream? stream;

    private OutputFile(string path, string? target, string written, FileStream stream)
    {
        this.path = path;
        this.target = target;
        this.written = written;
        this.stream = stream;
    }

    /// <summary>Opens a file, or a device such as /dev/null, for writing.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static OutputFile Open(string path)
    {
        if (Directory.Exists(path))
            throw new OutputException($"{path}: is a folder. Name a file in it, such as {Path.Combine(path, "result")}.");
        try
        {
            string target = Resolve(path);
            if (IsDevice(target))
                return new OutputFile(path, null, target, NewStream(target, FileMode.Open));
            string beside = Path.Combine(
                Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()[..8]}.tmp");
            return new OutputFile(path, target, beside, NewStream(beside, FileMode.CreateNew));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.For(path, exception);
        }
    }

    /// <summary>Creates a folder with those above it.</summary>
    /// <exception cref="OutputException">It cannot be created.</exception>
    public static void CreateFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw File.Exists(path)
                ? new OutputException($"{path}: is a file, where a folder is needed. Choose another place.")
                : OutputException.For(path, exception);
        }
    }

    /// <summary>Writes the whole content and gives the file its name.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> content)
    {
        FileStream open = Begin();
        try
        {
            open.Write(content);
            Finish(open);
        }
        // .NET turns a limit on the size of files (EFBIG) into an exception about an argument.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            throw OutputException.For(path, exception);
        }
    }

    /// <summary>Lets the content be written part by part, and gives the file its name.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Write(Action<Stream> content)
    {
        FileStream open = Begin();
        var watched = new WatchedStream(open);
        try
        {
            var parts = new BufferedStream(watched, 1 << 16);
            content(parts);
            parts.Flush();
            Finish(open);
        }
        catch (Exception exception) when (watched.Failure is not null || exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.For(path, watched.Failure ?? exception);
        }
    }

    /// <summary>Takes back what was not finished.</summary>
    public void Dispose()
    {
        if (stream is null)
            return;
        stream.Dispose();
        stream = null;
        if (target is not null)
            File.Delete(written);
    }

    private FileStream Begin() => stream ?? throw new InvalidOperationException("The file was written already.");

    private void Finish(FileStream open)
    {
        open.Dispose();
        stream = null;
        if (target is not null)
            File.Move(written, target, overwrite: true);
    }

    // Without a buffer, so that closing a file on a full disk does not fail again.
    private static FileStream NewStream(string path, FileMode mode) => new(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);

    // A link keeps pointing where it points; the file behind it is replaced.
    private static string Resolve(string path) =>
        Path.GetFullPath((File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path);

    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path) && path.StartsWith("/dev/", StringComparison.Ordinal);
}
