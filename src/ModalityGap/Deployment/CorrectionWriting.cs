using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Deployment;

/// <summary>Takes a fitted correction apart into tensors and a document that names them.</summary>
internal sealed class CorrectionWriting
{
    private readonly FittedCorrection correction;
    private readonly List<SafetensorsTensor> tensors = [];
    private readonly RoleDocument[] roles;
    private readonly ScoresDocument? scores;

    public CorrectionWriting(FittedCorrection correction)
    {
        this.correction = correction;
        roles = [.. correction.Transforms.Select((entry, k) => new RoleDocument(
            entry.Role.Modality.Name,
            entry.Role.AreQueries,
            entry.Transform.InputDimensions,
            entry.Transform.OutputDimensions,
            [.. entry.Transform.Steps.Select((step, s) => Step(step, $"role-{k}.step-{s}"))]))];
        scores = correction.Scores is null ? null : Of(correction.Scores);
    }

    public IReadOnlyList<SafetensorsTensor> Tensors => tensors;

    public CorrectionDocument Document(TensorsDocument file) => new()
    {
        SchemaVersion = CorrectionDocument.Version,
        Tool = ToolVersion.Name,
        Corrections = correction.Settings,
        Model = correction.Origin.Model,
        Seed = correction.Origin.Seed,
        Pairs = correction.Origin.Pairs,
        FittedOn = [.. correction.Origin.Rows.Select(Sample)],
        Roles = roles,
        Scores = scores,
        Tensors = file,
    };

    private static SampleDocument Sample(FittedRows rows) => new(
        rows.Role.Modality.Name,
        rows.Role.AreQueries,
        rows.Count,
        rows.Dimensions,
        rows.Provenance.Source,
        rows.Provenance.Format,
        rows.Provenance.ElementType,
        rows.Provenance.Fingerprint,
        rows.Provenance.Part);

    private StepDocument Step(AffineStep step, string name) => new(
        step.Kind,
        step.Inputs,
        step.Outputs,
        Keep($"{name}.centre", step.Centre),
        Keep($"{name}.scale", step.Scale),
        step.Matrix.Length == 0 ? null : Keep(SafetensorsTensor.Of($"{name}.matrix", step.Matrix, step.Inputs)),
        Keep($"{name}.offset", step.Offset));

    private ScoresDocument Of(FittedScores fitted) => new(
        Scale(fitted.First),
        Scale(fitted.Second),
        fitted.Pairs,
        Keep("scores.direction", fitted.Direction),
        fitted.Bank is not { } bank ? null : new BankDocument(
            bank.Nearest > 0 ? CorrectionReading.MeanOfNearest : CorrectionReading.SoftMaximum,
            bank.Nearest,
            bank.Weight,
            bank.InverseTemperature,
            Keep(SafetensorsTensor.Of("scores.bank", bank.Values, bank.Dimensions))));

    private static ScaleDocument Scale(ScoreScale scale) => new(scale.Modality.Name, scale.Scale, scale.Shift);

    private string? Keep(string name, ReadOnlySpan<double> values) => values.IsEmpty ? null : Keep(SafetensorsTensor.Of(name, values));

    private string Keep(SafetensorsTensor tensor)
    {
        tensors.Add(tensor);
        return tensor.Name;
    }
}
