using ModalityGap.Sources;

namespace ModalityGap.CommandLine;

/// <summary>Where a result goes: to standard output, or whole into a file.</summary>
internal sealed class Destination : IDisposable
{
    private readonly Terminal terminal;
    private readonly OutputFile? file;

    /// <summary>Opens the destination, so that one that cannot be written is told before the work.</summary>
    /// <param name="terminal">Standard output.</param>
    /// <param name="path">A file, or <c>null</c> or <c>-</c> for standard output.</param>
    public Destination(Terminal terminal, string? path)
    {
        this.terminal = terminal;
        file = path is null or "-" ? null : OutputFile.Open(path);
    }

    public bool IsStandardOutput => file is null;

    /// <summary>Writes text.</summary>
    public void Write(Action<TextWriter> content)
    {
        if (file is null)
        {
            content(terminal.Out);
            return;
        }
        using var page = new MemoryStream();
        using (var writer = new StreamWriter(page, leaveOpen: true) { NewLine = "\n" })
            content(writer);
        file.Write(page.GetBuffer().AsSpan(0, (int)page.Length));
    }

    public void Dispose() => file?.Dispose();
}
