using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Deployment;

/// <summary>Puts a fitted correction together from a document and the tensors that it names; nothing in them is trusted.</summary>
internal sealed class CorrectionReading(string path, CorrectionDocument document, Dictionary<string, SafetensorsTensor> tensors)
{
    public const string MeanOfNearest = "mean-of-nearest";
    public const string SoftMaximum = "soft-maximum";

    private const string Again = "Fit and save the correction again.";

    private static readonly string[] Kinds = ["identity", "number", "diagonal", "matrix"];

    /// <exception cref="EmbeddingDataException">Parts are missing, unknown, not finite, or do not fit together.</exception>
    public FittedCorrection Read()
    {
        if (HasNull(document.Corrections) || HasNull(document.FittedOn) || HasNull(document.Roles) || document.Roles.Any(role => HasNull(role.Steps)))
            throw Fault("a list in it holds null.");
        try
        {
            return new FittedCorrection(
                document.Corrections,
                new CorrectionOrigin
                {
                    Rows = [.. document.FittedOn.Select(Sample)],
                    Pairs = document.Pairs,
                    Model = document.Model,
                    Seed = document.Seed,
                },
                [.. document.Roles.Select(role => (Role(role.Modality, role.Queries), Transform(role)))],
                document.Scores is null ? null : Scores(document.Scores));
        }
        catch (ArgumentException fault)
        {
            // The message without the name of a parameter, which only a program's author needs.
            string told = fault.Message.Split(" (Parameter")[0];
            throw Fault($"its parts do not fit together: {char.ToLowerInvariant(told[0])}{told[1..]}", fault);
        }
    }

    private static bool HasNull<T>(IReadOnlyList<T> list)
        where T : class => list.Any(entry => entry is null);

    private static FittedRows Sample(SampleDocument rows) => new(
        Role(rows.Modality, rows.Queries),
        rows.Rows,
        rows.Dimensions,
        new Provenance(rows.Source, rows.Format, rows.ElementType, rows.Part, rows.Fingerprint));

    private static RowRole Role(string modality, bool queries) => new(new Modality(modality), queries);

    private RowTransform Transform(RoleDocument role)
    {
        var transform = new RowTransform(role.InputDimensions, [.. role.Steps.Select(Step)]);
        return transform.OutputDimensions == role.OutputDimensions
            ? transform
            : throw Fault($"the steps for {Shown.Name(role.Modality)} give {transform.OutputDimensions} dimensions where it says {role.OutputDimensions}.");
    }

    private AffineStep Step(StepDocument step)
    {
        if (!Kinds.Contains(step.Kind))
            throw new EmbeddingDataException(path, $"it has a step of the unknown kind \"{Shown.Name(step.Kind)}\".", "Update modgap, or fit the correction again with this version.");
        var read = new AffineStep(
            step.InputDimensions, step.OutputDimensions, Doubles(step.Centre), Doubles(step.Scale), Matrix(step.Matrix, step.InputDimensions), Doubles(step.Offset));
        // One dimension has one number on its diagonal.
        return read.Kind == step.Kind || (read.Inputs == 1 && read.Kind == "number")
            ? read
            : throw Fault($"a step called {step.Kind} holds a {read.Kind}.");
    }

    private FittedScores Scores(ScoresDocument scores) => new(
        document.Corrections.Count > 0 ? document.Corrections[^1] : throw Fault("it names no correction."),
        Scale(scores.First),
        Scale(scores.Second),
        Doubles(scores.Direction),
        scores.Bank is null ? null : Bank(scores.Bank),
        scores.Pairs);

    private static ScoreScale Scale(ScaleDocument scale) => new(new Modality(scale.Modality), scale.Scale, scale.Shift);

    private QueryBank Bank(BankDocument bank)
    {
        int dimensions = document.Roles.Count > 0 ? document.Roles[0].OutputDimensions : 0;
        float[] queries = Matrix(bank.Queries, dimensions);
        return bank.Kind switch
        {
            MeanOfNearest => QueryBank.MeanOfNearest(queries, dimensions, bank.Nearest, bank.Weight),
            SoftMaximum => QueryBank.SoftMaximum(queries, dimensions, bank.InverseTemperature),
            _ => throw new EmbeddingDataException(path, $"it has a bank of the unknown kind \"{Shown.Name(bank.Kind)}\".", "Update modgap, or fit the correction again with this version."),
        };
    }

    private double[] Doubles(string? name)
    {
        if (name is null)
            return [];
        SafetensorsTensor tensor = Find(name);
        return tensor.Doubles is { Length: > 0 } && tensor.Shape.Length == 1
            ? tensor.Doubles
            : throw Fault($"the array {Shown.Name(name)} is not a list of float64 values.");
    }

    private float[] Matrix(string? name, int columns)
    {
        if (name is null)
            return [];
        SafetensorsTensor tensor = Find(name);
        return tensor.Singles is { Length: > 0 } && tensor.Shape.Length == 2 && tensor.Shape[1] == columns
            ? tensor.Singles
            : throw Fault($"the array {Shown.Name(name)} is not a matrix of float32 values with {columns} columns.");
    }

    private SafetensorsTensor Find(string name) =>
        tensors.TryGetValue(name, out SafetensorsTensor? tensor) ? tensor : throw Fault($"the array {Shown.Name(name)} is not in {Shown.Name(document.Tensors.File)}.");

    private EmbeddingDataException Fault(string fault, Exception? inner = null) => new(path, fault, Again, inner);
}
