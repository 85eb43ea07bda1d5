namespace ModalityGap.Sources;

/// <summary>Bytes that the oldest protocol writes as a quoted string of Python, with escapes.</summary>
internal static class PickleQuoted
{
    public static MemoryBytes Read(SourceFile file, FileRegion line)
    {
        file.Charge(2 * line.Length);
        var content = new byte[line.Length <= Array.MaxLength ? line.Length : throw Damaged(file)];
        line.ReadStart(content);
        if (content is not [(byte)'\'' or (byte)'"', .., var last] || last != content[0])
            throw Damaged(file);
        return new MemoryBytes(content.AsSpan(0, Unescape(file, content, content.Length - 1)).ToArray());
    }

    /// <summary>No escape is shorter than what it stands for, so the bytes move within their array; the quotes go.</summary>
    private static int Unescape(SourceFile file, byte[] content, int end)
    {
        int count = 0;
        for (int i = 1; i < end;)
        {
            if (content[i] != '\\')
            {
                content[count++] = content[i++];
                continue;
            }
            byte escape = i + 1 < end ? content[i + 1] : throw Damaged(file);
            bool isHex = escape == 'x' && i + 3 < end && char.IsAsciiHexDigit((char)content[i + 2]) && char.IsAsciiHexDigit((char)content[i + 3]);
            content[count++] = escape switch
            {
                (byte)'x' when isHex => Convert.FromHexString(content.AsSpan(i + 2, 2))[0],
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                (byte)'\\' or (byte)'\'' or (byte)'"' => escape,
                _ => throw Damaged(file),
            };
            i += isHex ? 4 : 2;
        }
        return count;
    }

    private static Embeddings.EmbeddingDataException Damaged(SourceFile file) =>
        file.Fault("its pickle holds a quoted string that does not end or has an unknown escape.", PickleInput.Damaged);
}
