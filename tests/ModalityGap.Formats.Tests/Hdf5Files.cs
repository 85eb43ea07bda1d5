using PureHDF;
using PureHDF.Filters;
using PureHDF.VOL.Native;

namespace ModalityGap.Formats.Tests;

/// <summary>HDF5 files in the ways in which other programs write them.</summary>
internal static class Hdf5Files
{
    /// <summary>One data set in compressed chunks of five rows.</summary>
    public static byte[] Chunked(int rows, int dimensions)
    {
        var values = new float[rows, dimensions];
        for (int i = 0; i < rows; i++)
            for (int d = 0; d < dimensions; d++)
                values[i, d] = i + (d / 16f);
        var creation = new H5DatasetCreation(Filters: [ShuffleFilter.Id, DeflateFilter.Id]);
        return Make(new H5File { ["embeddings"] = new H5Dataset(values, chunks: [5, (uint)dimensions], datasetCreation: creation) });
    }

    public static byte[] Make(H5File file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }
}
