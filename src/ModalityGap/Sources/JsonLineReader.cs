namespace ModalityGap.Sources;

/// <summary>Gives the lines of a text file one by one, from a window that holds the line at hand.</summary>
internal sealed class JsonLineReader(SourceFile file)
{
    /// <summary>A line of two embeddings of 4,096 dimensions and a page of text has a fifth of this.</summary>
    private const int LongestLine = 4 << 20;

    private byte[] window = new byte[64 << 10];
    private int start;
    private int end;
    private long position;

    /// <summary>The number of the line at hand, counted from 1.</summary>
    public long Number { get; private set; }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>Whether a file begins as JSON objects do.</summary>
    public static bool Begins(ReadOnlySpan<byte> start) => WithoutMark(start).TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    /// <summary>The next line that is not blank, without its end; the caller may change its bytes.</summary>
    public bool TryNext(out Span<byte> line)
    {
        while (TryNextRaw(out line))
        {
            if (Number == 1)
                line = line[(line.Length - WithoutMark(line).Length)..];
            line = line.Trim(" \t\r"u8);
            if (!line.IsEmpty)
                return true;
        }
        return false;
    }

    private bool TryNextRaw(out Span<byte> line)
    {
        int scanned = 0;
        while (true)
        {
            int feed = window.AsSpan(start + scanned, end - start - scanned).IndexOf((byte)'\n');
            bool last = feed < 0 && position == file.Length;
            if (feed >= 0 || last)
            {
                int length = feed >= 0 ? scanned + feed : end - start;
                line = window.AsSpan(start, length);
                bool any = feed >= 0 || length > 0;
                start += length + (feed >= 0 ? 1 : 0);
                Number += any ? 1 : 0;
                return any;
            }
            scanned = end - start;
            Refill();
        }
    }

    private void Refill()
    {
        if (start > 0)
        {
            window.AsSpan(start, end - start).CopyTo(window);
            end -= start;
            start = 0;
        }
        else if (end == window.Length)
        {
            if (window.Length == LongestLine)
                throw file.Fault(
                    $"line {Number + 1} is longer than {Shown.Bytes(LongestLine)}: one large JSON document?",
                    "Write one JSON object per line (JSON Lines): jq -c '.[]' old.json > new.jsonl.");
            Array.Resize(ref window, 2 * window.Length);
        }
        int count = (int)Math.Min(window.Length - end, file.Length - position);
        file.ReadAt(position, window.AsSpan(end, count));
        position += count;
        end += count;
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) =>
        text.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text;
}
