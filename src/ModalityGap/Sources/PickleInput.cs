using System.Buffers.Binary;

namespace ModalityGap.Sources;

/// <summary>The opcodes of a pickle and what follows them, through a window: long texts and bytes are passed over, not held.</summary>
internal sealed class PickleInput(SourceFile file, long start, long length)
{
    public const string Damaged = "The file is truncated or damaged: copy or write it again.";

    private const int WindowBytes = 64 * 1024;

    private readonly byte[] window = new byte[(int)Math.Min(WindowBytes, length)];
    private readonly long end = start + length;
    private long next = start;
    private int at;
    private int held;

    /// <summary>Where in the file the next byte lies.</summary>
    public long Position => next - (held - at);

    /// <summary>Bytes that are left.</summary>
    public long Left => end - Position;

    public byte Byte() => Take(1)[0];

    /// <summary>The next bytes, few enough for the window; valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > held - at)
            Refill(count);
        ReadOnlySpan<byte> taken = window.AsSpan(at, count);
        at += count;
        return taken;
    }

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>A length of so many bytes, no longer than what is left.</summary>
    public long Length(int bytes)
    {
        ulong announced = 0;
        ReadOnlySpan<byte> taken = Take(bytes);
        for (int i = bytes - 1; i >= 0; i--)
            announced = (announced << 8) | taken[i];
        return announced <= (ulong)Left
            ? (long)announced
            : throw file.Fault(
                $"its pickle announces {announced:N0} bytes at byte {Shown.Count(Position)}, but {Shown.Bytes(Left)} follow.", Damaged);
    }

    /// <summary>Passes over bytes and says where they lie; their number is one that <see cref="Length"/> has checked.</summary>
    public FileRegion Region(long count)
    {
        var region = new FileRegion(file, Position, count);
        long inside = Math.Min(count, held - at);
        at += (int)inside;
        next += count - inside;
        return region;
    }

    /// <summary>The next line without its end where it is short; valid until the next call.</summary>
    public bool TryShortLine(out ReadOnlySpan<byte> line)
    {
        int most = (int)Math.Min(PickleText.LongestShort + 1, Left);
        if (most > held - at)
            Refill(most);
        line = window.AsSpan(at, most);
        int found = line.IndexOf((byte)'\n');
        if (found < 0)
            return false;
        line = line[..found];
        at += found + 1;
        return true;
    }

    /// <summary>Passes over a line and says where it lies, without its end.</summary>
    public FileRegion Line()
    {
        long begin = Position;
        while (true)
        {
            int found = window.AsSpan(at, held - at).IndexOf((byte)'\n');
            if (found >= 0)
            {
                at += found + 1;
                return new FileRegion(file, begin, Position - begin - 1);
            }
            at = held;
            Refill(1);
        }
    }

    private void Refill(int wanted)
    {
        if (wanted > Left)
            throw file.Fault("its pickle ends in the middle.", Damaged);
        window.AsSpan(at, held - at).CopyTo(window);
        held -= at;
        at = 0;
        // A window as long as the pickle, or much longer than any text that is wanted at once.
        int count = (int)Math.Min(window.Length - held, end - next);
        file.ReadAt(next, window.AsSpan(held, count));
        next += count;
        held += count;
    }
}
