using System.Globalization;
using ModalityGap.Embeddings;
using ModalityGap.Sources;
using Sylvan.Data.Csv;

namespace ModalityGap.Formats.Text;

/// <summary>The records of a table in text one by one, and what its first lines say of its columns.</summary>
internal sealed class TextRecords : IDisposable
{
    /// <summary>A record of 4,096 numbers with 20 digits each has a fiftieth of this.</summary>
    private const int LongestRecord = 4 << 20;
    private const int SampleBytes = 1 << 16;

    private readonly SourceFile file;
    private readonly CsvDataReader reader;
    private readonly Queue<string[]> ahead = new();
    private string[]? current;

    private TextRecords(SourceFile file, CsvDataReader reader, char delimiter)
    {
        this.file = file;
        this.reader = reader;
        Delimiter = delimiter;
    }

    public char Delimiter { get; }

    /// <summary>The columns' names; <c>null</c> where the table has none.</summary>
    public IReadOnlyList<string>? Names { get; private set; }

    /// <summary>Number of the record at hand, counted from 0 without the line of names.</summary>
    public long Row { get; private set; } = -1;

    public int Count => current?.Length ?? reader.RowFieldCount;

    public static TextRecords Open(SourceFile file, char usual)
    {
        byte[] start = new byte[(int)Math.Min(SampleBytes, file.Length)];
        file.ReadAt(0, start);
        char delimiter = Text.Delimiter.Of(System.Text.Encoding.UTF8.GetString(start), usual, start.Length == file.Length);
        var text = new StreamReader(new SourceStream(file), bufferSize: SampleBytes);
        CsvDataReader reader = CsvDataReader.Create(text, new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = delimiter,
            CsvStyle = CsvStyle.Standard,
            BufferSize = SampleBytes,
            MaxBufferSize = LongestRecord,
            Culture = CultureInfo.InvariantCulture,
        });
        var records = new TextRecords(file, reader, delimiter);
        records.TakeNames();
        return records;
    }

    /// <summary>Goes on to the next record that is not a blank line.</summary>
    public bool Next()
    {
        if (ahead.TryDequeue(out current))
        {
            Row++;
            return true;
        }
        if (!Advance())
            return false;
        Row++;
        return true;
    }

    public ReadOnlySpan<char> Field(int index) => current is null ? reader.GetFieldSpan(index) : current[index];

    /// <summary>A refusal of the record at hand.</summary>
    public EmbeddingDataException Fault(string fault, string remedy) => file.Fault($"row {Row} {fault}.", remedy);

    public void Dispose() => reader.Dispose();

    /// <summary>
    /// The first record is a line of names unless all its fields are numbers or lists of numbers; and it is one when these are just the
    /// numbers 0, 1, 2, ... of columns.
    /// </summary>
    private void TakeNames()
    {
        if (!Advance())
            throw file.Fault("it is empty: it holds no rows.", "Check that the export finished.");
        string[] first = [.. Enumerable.Range(0, reader.RowFieldCount).Select(i => reader.GetFieldSpan(i).Trim().ToString())];
        bool counts = first.Count(field => field.Length > 0) > 1 && IsCount([.. first.Where(field => TextNumber.IsNumber(field))]);
        bool names = counts || !Array.Exists(first, field => TextNumber.IsNumber(field) || TextVector.Looks(field));
        if (names)
            Names = first;
        else
            ahead.Enqueue(first);
    }

    private bool Advance()
    {
        try
        {
            while (reader.Read())
            {
                if (reader.RowFieldCount > 1 || !reader.GetFieldSpan(0).IsWhiteSpace())
                    return true;
            }
            return false;
        }
        catch (CsvRecordTooLargeException fault)
        {
            throw file.Fault(
                $"row {Row + 1} is longer than {Shown.Bytes(LongestRecord)}.", "A quote that is never closed? Else save the rows as npy.", fault);
        }
        catch (CsvFormatException fault)
        {
            throw file.Fault(
                $"row {Row + 1} is not a record of delimited text ({fault.Message.TrimEnd('.')}).",
                "Check the quotes near that row: a quote inside a quoted text is written twice.",
                fault);
        }
    }

    private static bool IsCount(string[] numbers) =>
        numbers.Length > 1
        && numbers[0] is "0" or "1"
        && Enumerable.Range(0, numbers.Length).All(i => numbers[i] == (i + (numbers[0][0] - '0')).ToString(CultureInfo.InvariantCulture));
}
