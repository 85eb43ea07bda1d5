using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats;

/// <summary>Calls a library on a file that is not trusted: whatever the library throws at it is a fault of the file.</summary>
internal static class LibraryCall
{
    private const int LongestMessage = 200;

    public static T Run<T>(SourceFile file, string format, Func<T> work)
    {
        try
        {
            return work();
        }
        // The libraries do not say what they throw at damaged files, from an index out of range to an exception of their own.
        catch (Exception fault) when (fault is not (EmbeddingDataException or OperationCanceledException))
        {
            // A fault in a stream may come back wrapped.
            for (Exception? inner = fault.InnerException; inner is not null; inner = inner.InnerException)
            {
                if (inner is EmbeddingDataException or OperationCanceledException)
                    throw inner;
            }
            throw file.Fault(
                $"it begins as {format}, but cannot be read as that ({Reason(fault)}).",
                "If it is truncated or damaged, copy or write it again; else save the rows in another way, such as numpy.save.",
                fault);
        }
    }

    private static string Reason(Exception fault)
    {
        // ParquetSharp wraps the library's message: type (message: '...').
        string message = fault.Message;
        int inner = message.IndexOf("(message: '", StringComparison.Ordinal);
        if (inner >= 0)
            message = message[(inner + "(message: '".Length)..].Replace("')", "", StringComparison.Ordinal);
        string line = message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        line = string.Concat(line.Select(letter => char.IsControl(letter) ? '?' : letter)).Replace("  ", " ", StringComparison.Ordinal);
        return line.Length <= LongestMessage ? line : line[..LongestMessage] + "...";
    }
}
