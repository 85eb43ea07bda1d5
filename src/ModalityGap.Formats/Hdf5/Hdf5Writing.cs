using ModalityGap.Embeddings;
using ModalityGap.Sources;
using PureHDF;
using PureHDF.Selections;

namespace ModalityGap.Formats.Hdf5;

/// <summary>Writes one data set per modality.</summary>
internal static class Hdf5Writing
{
    private const int BlockValues = 1 << 20;

    public static void Write(Stream target, IReadOnlyList<EmbeddingSet> sets, WriteOptions options, CancellationToken cancellation)
    {
        var progress = new WriteProgress(options, sets);
        switch (options.Type)
        {
            case WrittenType.Float16:
                Write(target, sets, (set, i) => RowWriting.ToHalf(set, i), progress, cancellation);
                break;
            case WrittenType.Float32:
                Write(target, sets, (set, i) => set.Values[i], progress, cancellation);
                break;
            default:
                Write(target, sets, (set, i) => (double)set.Values[i], progress, cancellation);
                break;
        }
    }

    private static void Write<T>(
        Stream target, IReadOnlyList<EmbeddingSet> sets, Func<EmbeddingSet, int, T> value, WriteProgress progress, CancellationToken cancellation)
    {
        var file = new H5File();
        List<H5Dataset<T[]>> datasets = [];
        foreach (EmbeddingSet set in sets)
        {
            var dataset = new H5Dataset<T[]>([(ulong)set.Rows, (ulong)set.Dimensions], null, default, null);
            datasets.Add(dataset);
            file[set.Modality.Name] = dataset;
        }
        // The library seeks and reads back, which a target need not allow.
        using var page = new MemoryStream();
        using (H5NativeWriter writer = file.BeginWrite(page, new H5WriteOptions()))
        {
            for (int s = 0; s < sets.Count; s++)
                WriteRows(writer, datasets[s], sets[s], value, progress, cancellation);
        }
        page.Position = 0;
        page.CopyTo(target);
    }

    private static void WriteRows<T>(
        H5NativeWriter writer,
        H5Dataset<T[]> dataset,
        EmbeddingSet set,
        Func<EmbeddingSet, int, T> value,
        WriteProgress progress,
        CancellationToken cancellation)
    {
        int step = Math.Max(1, BlockValues / set.Dimensions);
        for (int row = 0; row < set.Rows; row += step)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(step, set.Rows - row);
            var block = new T[rows * set.Dimensions];
            for (int i = 0; i < block.Length; i++)
                block[i] = value(set, checked((row * set.Dimensions) + i));
            writer.Write(dataset, block, fileSelection: new HyperslabSelection(2, [(ulong)row, 0], [(ulong)rows, (ulong)set.Dimensions]));
            progress.Add(block.Length);
        }
    }
}
