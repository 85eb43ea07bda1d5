using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Text;

/// <summary>Writes a table in text: a line of names, then a row per item with one column per dimension.</summary>
internal static class TextWriting
{
    public static void Write(
        Stream target, IReadOnlyList<EmbeddingSet> sets, char delimiter, WriteOptions options, CancellationToken cancellation)
    {
        var progress = new WriteProgress(options, sets);
        IReadOnlyList<(string Name, IReadOnlyList<string> Texts)> columns = SharedRows.TextColumns(sets);
        using var writer = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true)
        {
            NewLine = "\n",
        };
        writer.WriteLine(string.Join(delimiter, Names(sets, columns.Select(column => column.Name)).Select(name => Quoted(name, delimiter))));
        for (int row = 0; row < sets[0].Rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            WriteRow(writer, sets, row, columns.Select(column => column.Texts[row]), delimiter, options.Type);
            progress.Add(sets.Sum(set => set.Dimensions));
        }
    }

    private static void WriteRow(
        StreamWriter writer, IReadOnlyList<EmbeddingSet> sets, int row, IEnumerable<string> texts, char delimiter, WrittenType type)
    {
        bool begun = false;
        void Field(string text)
        {
            if (begun)
                writer.Write(delimiter);
            writer.Write(text);
            begun = true;
        }

        foreach (string text in texts)
            Field(Quoted(text, delimiter));
        foreach (EmbeddingSet set in sets)
        {
            for (int d = 0; d < set.Dimensions; d++)
                Field(RowWriting.ToText(set, checked((row * set.Dimensions) + d), type));
        }
        writer.WriteLine();
    }

    private static IEnumerable<string> Names(IReadOnlyList<EmbeddingSet> sets, IEnumerable<string> texts)
    {
        foreach (string name in texts)
            yield return name;
        foreach (EmbeddingSet set in sets)
        {
            for (int d = 0; d < set.Dimensions; d++)
                yield return $"{SharedRows.ColumnOf(set, sets.Count)}_{d}";
        }
    }

    private static string Quoted(string text, char delimiter) =>
        text.AsSpan().IndexOfAny(['"', '\r', '\n', delimiter]) >= 0 || text.AsSpan().Trim().Length < text.Length
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
}
