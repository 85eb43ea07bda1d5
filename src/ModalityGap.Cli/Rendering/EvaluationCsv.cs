using System.Globalization;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap.Cli.Rendering;

/// <summary>An evaluation as comma-separated values: one number a line, with all its digits.</summary>
internal sealed class EvaluationCsv(TextWriter writer)
{
    public void Render(EvaluationResult result)
    {
        CsvRenderer.WriteLine(writer, "rows", "part", "number", "subject", "shift", "value", "low", "high", "level", "count", "method", "missing");
        Numbers("raw", result.Raw);
        if (result.Corrected is { } corrected)
            Numbers("corrected", corrected);
        foreach (NumberChange change in result.Changes)
        {
            Number("difference", "change", change.Id, change.Subject, change.Difference);
            if (change.McNemar is { } p)
                Number("difference", "mcnemar", change.Id, change.Subject, p);
        }
        foreach (SweepResult sweep in result.Sweeps)
            Sweep(sweep);
        foreach (ShiftPoint point in result.AlongGap)
        {
            foreach (Measurement number in point.Numbers)
                Number("raw", "along-gap", number.Id, number.Subject, number.Estimate, Exact(point.Shift));
            foreach (GroupRow row in point.Groups ?? [])
                Group("along-gap", result.Raw.Groups!, row, Exact(point.Shift));
        }
        foreach (MissingPart part in result.Missing)
            CsvRenderer.WriteLine(writer, "raw", part.Part, "", "", "", "", "", "", "", "", "", part.Reason);
    }

    private void Numbers(string rows, EvaluationNumbers numbers)
    {
        foreach (Measurement measurement in numbers.Retrieval)
            Number(rows, "search", measurement.Id, measurement.Subject, measurement.Estimate);
        foreach (MixedSearchRow row in numbers.MixedSearch?.Raw ?? [])
        {
            Number(rows, "mixed-search", "hit-at-1", Exact(row.Share), row.HitAt1);
            Number(rows, "mixed-search", "hit-at-10", Exact(row.Share), row.HitAt10);
            Number(rows, "mixed-search", "ndcg-at-10", Exact(row.Share), row.NdcgAt10);
        }
        foreach (FusionPoint point in numbers.Fused?.Points ?? [])
        {
            Number(rows, "fused-search", "documents-hit-at-1", Exact(point.Weight), point.FusedDocuments);
            Number(rows, "fused-search", "queries-hit-at-1", Exact(point.Weight), point.FusedQueries);
        }
        if (numbers.ZeroShot is { } zeroShot)
            ZeroShot(rows, zeroShot);
        if (numbers.Groups is { } groups)
            Groups(rows, groups);
        foreach (ClusteringResult clustering in numbers.Clustering)
        {
            Number(rows, "clustering", "v-measure", clustering.Rows, clustering.VMeasure);
            Number(rows, "clustering", "homogeneity", clustering.Rows, clustering.Homogeneity);
            Number(rows, "clustering", "completeness", clustering.Rows, clustering.Completeness);
            Number(rows, "clustering", "adjusted-rand", clustering.Rows, clustering.AdjustedRand);
            Number(rows, "clustering", "normalized-information", clustering.Rows, clustering.NormalizedInformation);
            if (clustering.PurityOfModality is { } purity)
                Number(rows, "clustering", "purity-of-modality", clustering.Rows, purity);
        }
        foreach (RobustnessRow row in numbers.Robustness)
        {
            Number(rows, "robustness", "nearest-unchanged", $"{row.Disturbance}/{row.Direction}", row.Unchanged);
            Number(rows, "robustness", "recall-at-1", $"{row.Disturbance}/{row.Direction}", row.RecallAt1);
            Number(rows, "robustness", "recall-change", $"{row.Disturbance}/{row.Direction}", row.RecallChange);
        }
    }

    private void ZeroShot(string rows, ZeroShotResult result)
    {
        Number(rows, "zero-shot", "top-1", null, result.Top1);
        Possible(rows, "zero-shot", "top-5", null, result.Top5);
        Number(rows, "zero-shot", "mean-class-accuracy", null, result.MeanClassAccuracy);
        Possible(rows, "zero-shot", "roc-auc", null, result.RocAuc);
        Number(rows, "zero-shot", "predicted-gini", null, result.Predictions.PredictedGini);
        Number(rows, "zero-shot", "label-gini", null, result.Predictions.LabelGini);
        Number(rows, "zero-shot", "prediction-entropy", null, result.Predictions.NormalizedEntropy);
        Possible(rows, "zero-shot", "bias-correlation", null, result.Predictions.BiasCorrelation);
        foreach (ClassAccuracy entry in result.Classes)
            Possible(rows, "zero-shot", "class-accuracy", entry.Name, entry.Accuracy);
    }

    private void Groups(string rows, GroupTable table)
    {
        foreach (GroupRow row in table.Groups)
            Group(rows, table, row, "");
        foreach (GroupDisparity disparity in table.Disparities)
        {
            Number(rows, "groups", "disparity", disparity.Column, disparity.Difference);
            Number(rows, "groups", "disparity-equality", disparity.Column, disparity.Equality);
            Possible(rows, "groups", "disparity-ratio", disparity.Column, disparity.Ratio);
        }
    }

    private void Group(string rows, GroupTable table, GroupRow row, string shift)
    {
        for (int k = 0; k < row.Rates.Count; k++)
            Number(rows, "groups", "rate", $"{row.Name}/{table.ClassSets[k].Name}", row.Rates[k], shift);
        if (row.Sum is { } sum)
            Number(rows, "groups", "rate", $"{row.Name}/{GroupTable.Sum}", sum, shift);
        if (row.Accuracy is { } accuracy)
            Number(rows, "groups", "accuracy", row.Name, accuracy, shift);
    }

    private void Sweep(SweepResult sweep)
    {
        if (sweep.Choice is not { } choice)
            return;
        for (int k = 0; k < choice.Curve.Count; k++)
            Number("raw", "sweep", sweep.Number, sweep.Subject, choice.Curve[k], Exact(sweep.Shifts[k]));
        for (int k = 0; k < (sweep.PredictedGini?.Count ?? 0); k++)
            Number("raw", "sweep", "predicted-gini", sweep.Subject, Estimate.Exact(sweep.PredictedGini![k], "describes these images and these classes", choice.Unchanged.Count), Exact(sweep.Shifts[k]));
        Number("raw", "sweep", $"{sweep.Number}-held-out", sweep.Subject, choice.HeldOut);
        Number("raw", "sweep", $"{sweep.Number}-held-out-difference", sweep.Subject, choice.HeldOutDifference);
        Number("raw", "sweep", $"{sweep.Number}-held-out-mcnemar", sweep.Subject, choice.HeldOutTest);
        Number("raw", "sweep", $"{sweep.Number}-on-test-set", sweep.Subject, choice.OnTestSet, Exact(choice.ChosenOnTestSet));
        Number("raw", "sweep", $"{sweep.Number}-on-test-set-difference", sweep.Subject, choice.OnTestSetDifference, Exact(choice.ChosenOnTestSet));
        Number("raw", "sweep", $"{sweep.Number}-on-test-set-mcnemar", sweep.Subject, choice.OnTestSetTest, Exact(choice.ChosenOnTestSet));
        Number("raw", "sweep", $"{sweep.Number}-on-test-set-chi-squared", sweep.Subject, choice.OnTestSetIndependentTest, Exact(choice.ChosenOnTestSet));
    }

    private void Possible(string rows, string part, string id, string? subject, PossibleEstimate number) =>
        Number(rows, part, id, subject, number.Estimate, missing: number.Missing);

    private void Number(string rows, string part, string id, string? subject, Estimate? estimate, string shift = "", string? missing = null) => CsvRenderer.WriteLine(
        writer,
        rows,
        part,
        id,
        subject ?? "",
        shift,
        estimate is null ? "" : Exact(estimate.Value),
        estimate?.Low is { } low ? Exact(low) : "",
        estimate?.High is { } high ? Exact(high) : "",
        estimate is null ? "" : Exact(estimate.Level),
        estimate?.Count.ToString(CultureInfo.InvariantCulture) ?? "",
        estimate?.Method ?? "",
        missing ?? "");

    private static string Exact(double value) => Rendering.Numbers.Exact(value);
}
