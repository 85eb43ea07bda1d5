using ModalityGap.Sources;
using PureHDF;

namespace ModalityGap.Formats.Hdf5;

/// <summary>The data sets of an HDF5 file, those in groups too.</summary>
internal static class Hdf5Arrays
{
    /// <summary>Groups within groups, beyond which a link leads in a circle.</summary>
    private const int MostDepth = 8;
    private const int MostObjects = 4096;
    private const string Resave = "Save x.astype(numpy.float32).";

    public static IReadOnlyList<StoredArray> List(SourceFile file)
    {
        IH5Group root = H5File.Open(new SourceStream(file), leaveOpen: false);
        List<StoredArray> arrays = [];
        int seen = 0;
        Collect(file, root, "", 0, arrays, ref seen);
        return arrays;
    }

    private static void Collect(SourceFile file, IH5Group group, string path, int depth, List<StoredArray> arrays, ref int seen)
    {
        foreach (IH5Object child in group.Children())
        {
            if (++seen > MostObjects)
                throw file.Fault($"it holds more than {Shown.Count(MostObjects)} objects.", "One data set per row? Stack them into one.");
            string key = path + child.Name;
            if (child is IH5Dataset dataset)
                arrays.Add(ToArray(file, key, dataset));
            else if (child is IH5Group inner && depth < MostDepth)
                Collect(file, inner, key + "/", depth + 1, arrays, ref seen);
        }
    }

    private static StoredArray ToArray(SourceFile file, string key, IH5Dataset dataset)
    {
        ElementType type = TypeOf(dataset.Type);
        long[] shape = [.. dataset.Space.Dimensions.Select(length => (long)Math.Min(length, long.MaxValue))];
        long length = StoredArray.Count(shape) is long count && type.Size > 0 && count <= long.MaxValue / type.Size ? count * type.Size : 0;
        if (type.Size > 0 && ArrayForm.FaultOf(shape) is null && length == 0)
            throw file.Fault(
                $"data set {Shown.Name(key)} announces the impossible shape {Shown.Shape(shape)}.", "The file is damaged: write it again.");
        return new StoredArray(key, type, shape, FortranOrder: false, new Hdf5Bytes(file, key, dataset, type, shape, length), 0);
    }

    private static ElementType TypeOf(IH5DataType type) => (type.Class, type.Size) switch
    {
        (H5DataTypeClass.FloatingPoint, 2) => ElementType.Readable(NumberType.Float16),
        (H5DataTypeClass.FloatingPoint, 4) => ElementType.Readable(NumberType.Float32),
        (H5DataTypeClass.FloatingPoint, 8) => ElementType.Readable(NumberType.Float64),
        (H5DataTypeClass.FixedPoint, 1) => ElementType.Readable(type.FixedPoint.IsSigned ? NumberType.Int8 : NumberType.UInt8),
        (H5DataTypeClass.FixedPoint, _) => ElementType.Integer($"{(type.FixedPoint.IsSigned ? "" : "u")}int{8 * type.Size}"),
        (H5DataTypeClass.String, _) => ElementType.Unreadable("text", "text", Resave),
        (H5DataTypeClass.VariableLength, _) => ElementType.Unreadable(
            "lists", "lists of different lengths or text", "Save numpy.stack(list).astype(numpy.float32)."),
        (H5DataTypeClass.Compound, _) => ElementType.Unreadable("records", "records of named fields or complex numbers", Resave),
        _ => ElementType.Unreadable(type.Class.ToString(), $"of the kind {type.Class}", Resave),
    };
}
