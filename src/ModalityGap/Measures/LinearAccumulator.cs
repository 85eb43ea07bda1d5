using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// Everything that the linear measures need of items with one row in each of several modalities, from one look at each row and in constant
/// memory: sums of unit rows, norms, matched cosines, all in float64, and a sample of the items for what sums do not tell. Accumulators of
/// parts merge into that of the whole.
/// </summary>
internal sealed class LinearAccumulator
{
    /// <summary>Values of one modality that are looked at together.</summary>
    private const int GroupValues = 4096;

    private readonly int dimensions;
    private readonly double[][] sums;
    private readonly RunningMoments[] norms;
    private readonly RunningMoments[] matched;
    private readonly FaultTally[] faults;
    private readonly RowSample sample;
    private readonly int groupItems;
    private readonly float[][] rows;
    private readonly double[][] factors;
    private double[][] normsOfBatch = [], matchedOfBatch = [];

    /// <summary>Begins with no items.</summary>
    /// <param name="modalities">Number of modalities, at least two.</param>
    /// <param name="dimensions">d.</param>
    /// <param name="samplePairs">How many items are kept as a sample.</param>
    /// <param name="seed">Decides which; accumulators that are merged have the same.</param>
    public LinearAccumulator(int modalities, int dimensions, int samplePairs, long seed)
    {
        Modalities = modalities;
        this.dimensions = dimensions;
        sums = Each(modalities, _ => new double[dimensions]);
        norms = Each(modalities, _ => RunningMoments.None);
        faults = Each(modalities, _ => new FaultTally());
        matched = Each(modalities * (modalities - 1) / 2, _ => RunningMoments.None);
        groupItems = Math.Clamp(GroupValues / dimensions, 1, 16);
        rows = Each(modalities, _ => new float[groupItems * dimensions]);
        factors = Each(modalities, _ => new double[groupItems]);
        sample = new RowSample(samplePairs, new RandomStream(seed).Fork("linear-sample").NextBits());
    }

    public int Modalities { get; }

    /// <summary>Items without a faulty row.</summary>
    public long Items => norms[0].Count;

    /// <summary>Items that were left out for a faulty row.</summary>
    public long SkippedItems { get; private set; }

    /// <summary>What the sample does not want any more; see <see cref="Clear"/>.</summary>
    public ulong SampleLimit => sample.Limit;

    /// <summary>The norms that the rows of a modality had.</summary>
    public RunningMoments NormsOf(int modality) => norms[modality];

    /// <summary>The faulty rows of a modality.</summary>
    public FaultTally FaultsOf(int modality) => faults[modality];

    /// <summary>Adds the items of a batch; one with a faulty row is counted and left out.</summary>
    public void Add(IRowBatch batch)
    {
        Reserve(batch.Items);
        int used = 0;
        for (int first = 0; first < batch.Items; first += groupItems)
            used = AddGroup(batch, first, Math.Min(groupItems, batch.Items - first), used);
        for (int m = 0; m < Modalities; m++)
            norms[m] = norms[m].Merge(RunningMoments.Of(normsOfBatch[m].AsSpan(0, used)));
        for (int p = 0; p < matched.Length; p++)
            matched[p] = matched[p].Merge(RunningMoments.Of(matchedOfBatch[p].AsSpan(0, used)));
    }

    /// <summary>Adds what another accumulator of the same kind has seen.</summary>
    public void Merge(LinearAccumulator other)
    {
        for (int m = 0; m < Modalities; m++)
        {
            ColumnSums.Add(other.sums[m], sums[m]);
            norms[m] = norms[m].Merge(other.norms[m]);
            faults[m].Merge(other.faults[m]);
        }
        for (int p = 0; p < matched.Length; p++)
            matched[p] = matched[p].Merge(other.matched[p]);
        SkippedItems += other.SkippedItems;
        sample.Merge(other.sample);
    }

    /// <summary>Writes all that was seen, to the bit.</summary>
    public void Write(BinaryWriter writer)
    {
        for (int m = 0; m < Modalities; m++)
        {
            foreach (double sum in sums[m])
                writer.Write(sum);
            norms[m].Write(writer);
            faults[m].Write(writer);
        }
        foreach (RunningMoments moments in matched)
            moments.Write(writer);
        writer.Write(SkippedItems);
        sample.Write(writer);
    }

    /// <summary>Takes what <see cref="Write"/> wrote of an accumulator of the same kind; this one has seen nothing yet.</summary>
    public void Read(BinaryReader reader)
    {
        for (int m = 0; m < Modalities; m++)
        {
            for (int k = 0; k < dimensions; k++)
                sums[m][k] = reader.ReadDouble();
            norms[m] = RunningMoments.Read(reader);
            faults[m].Read(reader);
        }
        for (int p = 0; p < matched.Length; p++)
            matched[p] = RunningMoments.Read(reader);
        SkippedItems = reader.ReadInt64();
        sample.Read(reader, Modalities * dimensions);
    }

    /// <summary>Begins anew. Where the result will be merged into a sample with a limit, no more than that is sampled.</summary>
    public void Clear(ulong sampleLimit = ulong.MaxValue)
    {
        for (int m = 0; m < Modalities; m++)
        {
            Array.Clear(sums[m]);
            norms[m] = RunningMoments.None;
            faults[m].Clear();
        }
        Array.Fill(matched, RunningMoments.None);
        SkippedItems = 0;
        sample.Clear(sampleLimit);
    }

    /// <summary>The sampled rows, by modality, set to norm 1.</summary>
    /// <param name="names">The modalities' names.</param>
    public UnitEmbeddings[] Sample(IReadOnlyList<Modality> names)
    {
        float[][] items = [.. sample.InOrder().Select(entry => entry.Rows)];
        return Each(Modalities, m =>
        {
            var values = new float[items.Length * dimensions];
            for (int i = 0; i < items.Length; i++)
                items[i].AsSpan(m * dimensions, dimensions).CopyTo(values.AsSpan(i * dimensions));
            return UnitEmbeddings.Normalize(new EmbeddingSet(names[m], values, dimensions));
        });
    }

    /// <summary>The moments of two modalities over all items, with the sampled pairs for their intervals.</summary>
    public PairMoments Pair(int first, int second, PairedEmbeddings sampled) =>
        new(sampled, sums[first], sums[second], matched[PairIndex(first, second)]);

    // A few items at a time, so that their rows stay in the first-level cache between the looks that are taken at them.
    private int AddGroup(IRowBatch batch, int first, int count, int used)
    {
        for (int m = 0; m < Modalities; m++)
            batch.CopyRows(m, first, rows[m].AsSpan(0, count * dimensions));
        for (int i = 0; i < count; i++)
            if (AddProducts(batch.FirstItem + first + i, i, used))
                used++;
        for (int m = 0; m < Modalities; m++)
            ColumnSums.Add(rows[m].AsSpan(0, count * dimensions), factors[m].AsSpan(0, count), sums[m]);
        return used;
    }

    // False where a row of the item is faulty; its rows then count as zeros.
    private bool AddProducts(long item, int place, int used)
    {
        if (!Products(place, used))
        {
            for (int m = 0; m < Modalities; m++)
            {
                double norm = normsOfBatch[m][used];
                if (FaultTally.IsFaulty(norm))
                    faults[m].Add(item, norm);
                Row(m, place).Clear();
                factors[m][place] = 0;
            }
            SkippedItems++;
            return false;
        }
        for (int m = 0; m < Modalities; m++)
            factors[m][place] = 1 / normsOfBatch[m][used];
        Span<float> room = sample.Offer(item, Modalities * dimensions);
        for (int m = 0; m < Modalities && !room.IsEmpty; m++)
            Row(m, place).CopyTo(room[(m * dimensions)..]);
        return true;
    }

    private bool Products(int place, int used)
    {
        if (Modalities == 2)
        {
            (double xx, double yy, double xy) = Dot.AllFloat64(Row(0, place), Row(1, place));
            (double first, double second) = (Math.Sqrt(xx), Math.Sqrt(yy));
            (normsOfBatch[0][used], normsOfBatch[1][used], matchedOfBatch[0][used]) = (first, second, xy / (first * second));
            return !FaultTally.IsFaulty(first) && !FaultTally.IsFaulty(second);
        }
        bool usable = true;
        for (int m = 0; m < Modalities; m++)
        {
            normsOfBatch[m][used] = Math.Sqrt(Dot.Float64(Row(m, place), Row(m, place)));
            usable &= !FaultTally.IsFaulty(normsOfBatch[m][used]);
        }
        for (int first = 0, p = 0; usable && first < Modalities; first++)
            for (int second = first + 1; second < Modalities; second++, p++)
                matchedOfBatch[p][used] = Dot.Float64(Row(first, place), Row(second, place)) / (normsOfBatch[first][used] * normsOfBatch[second][used]);
        return usable;
    }

    // Pairs are kept in the order (0, 1), (0, 2), ... (1, 2), ...
    private int PairIndex(int first, int second) => first * (2 * Modalities - first - 1) / 2 + second - first - 1;

    private Span<float> Row(int modality, int place) => rows[modality].AsSpan(place * dimensions, dimensions);

    private void Reserve(int items)
    {
        if (normsOfBatch.Length > 0 && normsOfBatch[0].Length >= items)
            return;
        normsOfBatch = Each(Modalities, _ => new double[items]);
        matchedOfBatch = Each(matched.Length, _ => new double[items]);
    }

    private static T[] Each<T>(int count, Func<int, T> create)
    {
        var array = new T[count];
        for (int i = 0; i < count; i++)
            array[i] = create(i);
        return array;
    }
}
