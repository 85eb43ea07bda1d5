using System.Text.Json;

namespace ModalityGap.Lab.Data.Captions;

/// <summary>Is shown one token of a JSON text.</summary>
internal delegate void JsonTokenHandler(ref Utf8JsonReader token);

/// <summary>Reads a JSON text of any length token by token, holding little more than the longest of them.</summary>
internal static class JsonTokens
{
    private const int LongestToken = 64 << 20;

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static void Read(Stream stream, JsonTokenHandler handle, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 16];
        var state = new JsonReaderState();
        int held = ReadStart(stream, buffer);
        bool ended = false;
        while (!ended)
        {
            cancellation.ThrowIfCancellationRequested();
            int read = stream.Read(buffer, held, buffer.Length - held);
            held += read;
            ended = read == 0;
            var tokens = new Utf8JsonReader(buffer.AsSpan(0, held), ended, state);
            while (tokens.Read())
                handle(ref tokens);
            state = tokens.CurrentState;
            int used = (int)tokens.BytesConsumed;
            buffer.AsSpan(used, held - used).CopyTo(buffer);
            held -= used;
            if (held == buffer.Length)
                Array.Resize(ref buffer, held < LongestToken ? 2 * held : throw new JsonException("a text in it has no end"));
        }
    }

    // Without the mark that some programs put before UTF-8.
    private static int ReadStart(Stream stream, byte[] buffer)
    {
        int held = stream.ReadAtLeast(buffer.AsSpan(0, 3), 3, throwOnEndOfStream: false);
        return held == 3 && buffer.AsSpan(0, 3).SequenceEqual(new byte[] { 0xEF, 0xBB, 0xBF }) ? 0 : held;
    }
}
