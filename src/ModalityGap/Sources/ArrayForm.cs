namespace ModalityGap.Sources;

/// <summary>How the axes of an array read: so many modalities, each of so many rows and dimensions.</summary>
/// <remarks>
/// (N, D) is one modality; (M, N, D) is M of them, stacked; (N, 1, D) is one with an axis too many, so a stack of M modalities
/// of one row each cannot be told from it and reads as M rows.
/// </remarks>
internal readonly record struct ArrayForm(int Modalities, long Rows, int Dimensions)
{
    /// <summary>More modalities than anyone stacks: beyond this the first axis is something else.</summary>
    public const int MostModalities = 16;

    /// <summary>More dimensions than any embedding has.</summary>
    public const int MostDimensions = 1 << 20;

    private const string OneRowPerItem = "Give one row per item: shape (rows, dimensions).";

    public override string ToString() =>
        $"{(Modalities > 1 ? $"{Modalities} modalities x " : "")}{Rows} {(Rows == 1 ? "row" : "rows")} x {Dimensions}";

    /// <summary>The form of a shape without a fault.</summary>
    public static ArrayForm Of(IReadOnlyList<long> shape) => shape switch
    {
        [long rows, long dimensions] => new(1, rows, (int)dimensions),
        [long rows, 1, long dimensions] => new(1, rows, (int)dimensions),
        [long modalities, long rows, long dimensions] => new((int)modalities, rows, (int)dimensions),
        _ => throw new ArgumentException($"{Shown.Shape(shape)} has no form.", nameof(shape)),
    };

    public static ArrayFault? FaultOf(IReadOnlyList<long> shape)
    {
        string name = Shown.Shape(shape);
        return shape switch
        {
            [] => new("it holds a single number, not rows.", "Give an array of shape (rows, dimensions)."),
            [long length] => new(
                $"it has one axis, {name}: a single row of {length} values, or rows without their shape.",
                "Give shape (rows, dimensions): x.reshape(-1, d), with d the model's number of dimensions."),
            [_, _] or [_, _, _] => TwoOrThreeAxes(shape, name),
            _ => new(
                $"it has {shape.Count} axes, {name}: images or states of layers rather than embeddings.", OneRowPerItem),
        };
    }

    private static ArrayFault? TwoOrThreeAxes(IReadOnlyList<long> shape, string name)
    {
        if (shape.Contains(0))
            return shape[^1] == 0
                ? new($"it is empty: its rows have no columns, {name}.", "Check that the export finished.")
                : new($"it is empty: it holds no rows, {name}.", "Check that the export finished.");
        if (shape[^1] > MostDimensions)
            return new(
                $"its rows have {Shown.Count(shape[^1])} columns, {name}: more than any embedding has.", OneRowPerItem);
        if (shape is [long first, > 1, _] && first > MostModalities)
            return new(
                $"its shape {name} would be {Shown.Count(first)} modalities stacked.",
                shape[1] <= MostModalities
                    ? "The modalities must be the first axis: save x.transpose(1, 0, 2)."
                    : "One row per token or patch? Pool to one row per item, as the model does, such as x.mean(axis=1).");
        return null;
    }
}
