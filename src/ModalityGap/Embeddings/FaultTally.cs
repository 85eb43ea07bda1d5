using System.Globalization;

namespace ModalityGap.Embeddings;

/// <summary>How many rows of one modality have no direction, and the first of them by kind; tallies of parts merge into one of the whole.</summary>
internal sealed class FaultTally
{
    private readonly Kind notANumber = new("NaN"), infinite = new("an infinite value"), zero = new("only zeros");

    /// <summary>Number of faulty rows.</summary>
    public long Count => notANumber.Count + infinite.Count + zero.Count;

    /// <summary>Whether a row of this norm has no direction.</summary>
    public static bool IsFaulty(double norm) => !double.IsFinite(norm) || norm == 0;

    /// <summary>Counts a faulty row.</summary>
    public void Add(long row, double norm) => (double.IsNaN(norm) ? notANumber : norm == 0 ? zero : infinite).Add(row);

    public void Merge(FaultTally other)
    {
        notANumber.Merge(other.notANumber);
        infinite.Merge(other.infinite);
        zero.Merge(other.zero);
    }

    public void Clear()
    {
        notANumber.Clear();
        infinite.Clear();
        zero.Clear();
    }

    public void Write(BinaryWriter writer)
    {
        notANumber.Write(writer);
        infinite.Write(writer);
        zero.Write(writer);
    }

    public void Read(BinaryReader reader)
    {
        notANumber.Read(reader);
        infinite.Read(reader);
        zero.Read(reader);
    }

    /// <summary>Names the rows and the way out.</summary>
    /// <param name="source">The file.</param>
    /// <param name="first">The index of the file's first row.</param>
    public EmbeddingDataException AsException(string source, long first = 0) => new(
        source,
        $"{string.Join("; ", ((Kind[])[notANumber, infinite, zero]).Where(kind => kind.Count > 0).Select(kind => kind.InWords(first)))}.",
        "Such rows have no direction: repair the export, or leave those items out with --skip-invalid.");

    private sealed class Kind(string what)
    {
        private const int Named = 5;

        private readonly List<long> first = [];

        public long Count { get; private set; }

        public void Add(long row)
        {
            Count++;
            Name(row);
        }

        public void Merge(Kind other)
        {
            Count += other.Count;
            foreach (long row in other.first)
                Name(row);
        }

        public void Clear()
        {
            Count = 0;
            first.Clear();
        }

        public void Write(BinaryWriter writer)
        {
            writer.Write(Count);
            writer.Write((byte)first.Count);
            first.ForEach(writer.Write);
        }

        public void Read(BinaryReader reader)
        {
            Count = reader.ReadInt64();
            for (int left = reader.ReadByte(); left > 0; left--)
                Name(reader.ReadInt64());
        }

        public string InWords(long firstRow)
        {
            string named = string.Join(", ", first.Select(row => (row - firstRow).ToString(CultureInfo.InvariantCulture)));
            string more = Count > first.Count ? $" and {Count - first.Count} more" : "";
            return Count == 1 ? $"row {named} holds {what}" : $"rows {named}{more} hold {what}";
        }

        // The smallest indices, whatever the order in which they come.
        private void Name(long row)
        {
            int place = first.BinarySearch(row);
            if (place >= 0)
                return;
            first.Insert(~place, row);
            if (first.Count > Named)
                first.RemoveAt(Named);
        }
    }
}
