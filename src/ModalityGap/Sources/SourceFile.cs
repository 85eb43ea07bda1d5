using Microsoft.Win32.SafeHandles;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// An open file whose content is not trusted: every read is checked against its length, and all memory for rows comes from an
/// allowance that the length decides. It is read, not mapped, because a mapped file that shrinks ends the process.
/// </summary>
public sealed class SourceFile : IDisposable
{
    /// <summary>Rows may take four bytes per byte of the file (the narrowest element becomes a float32) and a little more.</summary>
    internal const long SmallAllowance = 8L << 20;

    private readonly SafeFileHandle? handle;
    private readonly ReadOnlyMemory<byte> held;
    private long allowance;

    private SourceFile(string path, SafeFileHandle? handle, ReadOnlyMemory<byte> held, long length)
    {
        Path = path;
        this.handle = handle;
        this.held = held;
        Length = length;
        allowance = SmallAllowance + (4 * length);
    }

    /// <summary>The path as the caller gave it.</summary>
    public string Path { get; }

    /// <summary>Number of bytes when it was opened.</summary>
    public long Length { get; }

    /// <summary>The file's name without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Opens a file; the caller disposes of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="formats">The formats that are known, for the words of a refusal; default those of the core.</param>
    /// <exception cref="EmbeddingDataException">It cannot be opened, or is empty.</exception>
    public static SourceFile Open(string path, EmbeddingFormats? formats = null)
    {
        UnreadablePath.Check(path, formats ?? EmbeddingFormats.Core);
        try
        {
            SafeFileHandle handle = File.OpenHandle(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.None);
            return new SourceFile(path, handle, default, RandomAccess.GetLength(handle));
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new EmbeddingDataException(
                path, "you have no permission to read it.", "Ask its owner, or copy it to where you may read (see ls -l).", denied);
        }
        catch (FileNotFoundException gone)
        {
            throw new EmbeddingDataException(
                path, "it vanished before it could be opened.", "Run again when it is complete.", gone);
        }
        catch (Exception fault) when (fault is IOException or NotSupportedException)
        {
            throw new EmbeddingDataException(path, $"it cannot be opened ({fault.Message}).", "Check the path and the disk.", fault);
        }
    }

    /// <summary>A file whose content lies in memory.</summary>
    /// <param name="name">What to call it; its ending counts as a file's does.</param>
    /// <param name="content">All of it, not to be changed afterwards.</param>
    /// <exception cref="EmbeddingDataException">It is empty.</exception>
    public static SourceFile Of(string name, ReadOnlyMemory<byte> content)
    {
        var file = new SourceFile(name, null, content, content.Length);
        return content.Length > 0 ? file : throw file.Fault("it is empty.", "Check that the export finished.");
    }

    /// <summary>A refusal of this file.</summary>
    /// <param name="fault">What is wrong, as a sentence without the file's name.</param>
    /// <param name="remedy">The way out, as a sentence.</param>
    /// <param name="inner">The exception behind it, if any.</param>
    public EmbeddingDataException Fault(string fault, string remedy, Exception? inner = null) =>
        new(Path, fault, remedy, inner);

    internal EmbeddingDataException Fault(ArrayFault fault) => new(Path, fault.Fault, fault.Remedy);

    /// <summary>Fills the target from an offset; a file that ends before that has shrunk since it was opened.</summary>
    /// <exception cref="EmbeddingDataException">It cannot be read.</exception>
    public void ReadAt(long offset, Span<byte> target)
    {
        if (handle is null)
        {
            if (offset > held.Length - target.Length)
                throw Fault("it ends before what it announces.", "It is truncated or damaged: take it again from where it came.");
            held.Span.Slice((int)offset, target.Length).CopyTo(target);
            return;
        }
        try
        {
            while (!target.IsEmpty)
            {
                int read = RandomAccess.Read(handle, target, offset);
                if (read == 0)
                    throw Fault(
                        "it became shorter while it was read.", "Something is still writing it: run again when it is complete.");
                offset += read;
                target = target[read..];
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault($"it could not be read to its end ({fault.Message}).", "Check the disk or the network, or copy it again.", fault);
        }
    }

    /// <summary>
    /// Memory for values, against the allowance: what a file may ask for is decided by its length, not by its header.
    /// </summary>
    /// <exception cref="EmbeddingDataException">The file asks for too much.</exception>
    public float[] AllocateValues(long count)
    {
        if (count > Array.MaxLength)
            throw Fault(
                $"one of its modalities has {Shown.Count(count)} values; at most {Shown.Count(Array.MaxLength)} fit.",
                "Split it into files of fewer rows.");
        if (count * sizeof(float) > allowance)
            throw Fault(
                $"its {Shown.Bytes(Length)} unpack to {Shown.Bytes(count * sizeof(float))} of float32 values: "
                + "far more than embeddings do.",
                "If that is right, save it without compression: numpy.savez instead of numpy.savez_compressed.");
        allowance -= count * sizeof(float);
        try
        {
            return GC.AllocateUninitializedArray<float>((int)count);
        }
        catch (OutOfMemoryException fault)
        {
            throw Fault(
                $"its values need {Shown.Bytes(count * sizeof(float))} of memory, more than is free.",
                "Take a sample of the rows, or use a machine with more memory.",
                fault);
        }
    }

    /// <summary>Takes memory for other objects than values from the allowance.</summary>
    internal void Charge(long bytes)
    {
        if (bytes > allowance)
            throw Fault(
                $"its {Shown.Bytes(Length)} unpack to far more objects than embeddings need.",
                "Save the rows alone as npy: numpy.save('embeddings.npy', x.astype(numpy.float32)).");
        allowance -= bytes;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => handle?.Dispose();
}
