using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Tables 2 and 4: rates of denigrating labels by race at four gaps, from the predictions that the authors printed; or from a model and FairFace's
/// pictures, where the user
/// brings both.
/// </summary>
internal sealed class DenigrationRates : IExperiment
{
    private static readonly (string Claim, double Delta)[] Shifts =
        [("table-2-default", 0), ("table-2-larger", -0.2), ("table-4-too-small", 0.75), ("table-4-too-large", -1)];

    public string Id => "table-2";

    public string Title => "Tables 2 and 4: denigrating labels by race at four gaps";

    public Material Needs => Material.Predictions;

    public Material Uses => Material.Predictions | Material.Models | Material.Images | Material.Features;

    public string? Lacks(GivenMaterial given) => given.Predictions is not null || FaceRates.AreIn(given)
        ? null
        : $"{given.Lacks(Material.Predictions)}; or {FaceRates.Needs}";

    public IReadOnlyList<Setting> Settings(Effort effort) =>
    [
        new("predictions", "of CLIP ViT-B/32 on FairFace's 10,954 validation faces, as printed in the authors' notebook"),
        new("pictures", effort == Effort.Full ? "all, where they are brought" : $"at most {GivenClip.QuickPictures}, drawn at random, where they are brought"),
    ];

    public double Minutes(Effort effort) => 0.01;

    public Findings Run(ExperimentContext context)
    {
        if (FaceRates.AreIn(context.Given))
            return FaceRates.Run(context);
        PublishedPredictions printed = context.Given.Predictions!;
        string[] lacking = [.. Shifts.Where(shift => Find(printed, shift.Delta) is null).Select(shift => shift.Claim)];
        if (lacking.Length > 0)
            return new Findings
            {
                Outcomes = [.. ClaimList.Of(Id).Select(claim =>
                    new Outcome(claim.Id, ClaimStatus.Needs, "Needs predictions at δ = 0, -0.2, 0.75 and -1.", []))],
            };
        return new Findings
        {
            Outcomes = [.. Shifts.Select(shift => Rates(printed, shift.Claim, shift.Delta)), Accuracy(printed), Range()],
            Tables = [Table(printed)],
            Charts = [Figure(printed)],
            Notes = [$"The classifier itself needs {FaceRates.Needs}."],
        };
    }

    private static PredictedShift? Find(PublishedPredictions printed, double delta) =>
        printed.Shifts.FirstOrDefault(shift => Math.Abs(shift.Delta - delta) < 1e-9);

    private static Outcome Rates(PublishedPredictions printed, string id, double delta)
    {
        PredictedShift shift = Find(printed, delta)!;
        OwnNumber[] ours =
        [
            .. from race in shift.Counts.Keys
               from kind in printed.Groups
               let count = shift.Count(race, kind.Value)
               select new OwnNumber($"{race}, {kind.Key}", Percent(Estimate.Share((double)count.Hits / count.All, count.All, "faces"))),
        ];
        Dictionary<string, double> own = ours.ToDictionary(one => one.Name, one => one.Estimate.Value);
        IReadOnlyList<PublishedNumber> published = ClaimList.All.First(claim => claim.Id == id).Published;
        string[] off = [.. published.Where(one => Math.Abs(own.GetValueOrDefault(one.Name, double.NaN) - one.Value) is not <= 0.0501)
            .Select(one => $"{one.Name}: {InWords.Number(Math.Round(own.GetValueOrDefault(one.Name), 2))} where {one.Value} is printed")];
        return new Outcome(
            id, off.Length == 0 ? ClaimStatus.Recomputed : ClaimStatus.Differs,
            off.Length == 0
                ? $"All {published.Count} rates agree to the digit that is printed."
                : $"{published.Count - off.Length} of {published.Count} rates agree to the digit that is printed; {string.Join("; ", off)}. The table "
                    + "is wrong there: the notebook's own counts give the other digit.",
            ours);
    }

    private static Estimate Percent(Estimate share) => share with { Value = 100 * share.Value, Low = 100 * share.Low, High = 100 * share.High };

    private static Outcome Accuracy(PublishedPredictions printed)
    {
        OwnNumber[] ours = [.. Shifts.Select(shift =>
            new OwnNumber($"δ = {Cells.Of(shift.Delta)}", Estimate.Exact(Find(printed, shift.Delta)!.Accuracy, "as printed beside the predictions", 10_954)))];
        bool agree = ClaimList.All.First(claim => claim.Id == "table-2-accuracy").Published
            .All(one => ours.Any(own => own.Name == one.Name && Math.Abs(own.Estimate.Value - one.Value) < 1e-6));
        return new Outcome("table-2-accuracy", agree ? ClaimStatus.Recomputed : ClaimStatus.Differs,
            "The printed predictions merge the genders, so the accuracy can be read from the notebook, not counted anew.", ours);
    }

    private static Outcome Range() => new("supplementary-figure-11", ClaimStatus.Needs, $"Needs {FaceRates.Needs}.", []);

    private static ResultTable Table(PublishedPredictions printed) => new(
        "rates", "Rates in per cent, from the printed predictions", ["shift", "race", "labels", "faces", "hits", "per cent", "low", "high"],
        [
            .. from shift in printed.Shifts
               from race in shift.Counts.Keys
               from kind in printed.Groups
               let count = shift.Count(race, kind.Value)
               let rate = Percent(Estimate.Share((double)count.Hits / count.All, count.All, "faces"))
               select (IReadOnlyList<string>)[
                   Cells.Of(shift.Delta), race, kind.Key, Cells.Of(count.All), Cells.Of(count.Hits), Cells.Of(rate.Value), Cells.Of(rate.Low!.Value),
                       Cells.Of(rate.High!.Value)],
        ]);

    private static Chart Figure(PublishedPredictions printed)
    {
        PredictedShift[] ordered = [.. printed.Shifts.OrderBy(shift => shift.Delta)];
        string[] races = [.. ordered[0].Counts.Keys];
        return new Chart
        {
            Name = "rates-by-shift",
            Title = "A smaller gap brings crime-related labels, a much larger one non-human labels",
            Caption = "Rates by race against the shift of the images along the gap's direction (negative: a larger gap), recomputed from the printed "
                + "predictions; the table has their intervals.",
            Panels = [.. printed.Groups.Select(kind => new ChartPanel
            {
                Heading = $"{kind.Key} labels, per cent",
                Across = "shift δ of the images",
                Series = [.. races.Select(race => Series(race, kind.Value))],
            })],
        };

        ChartSeries Series(string race, IReadOnlyList<string> labels)
        {
            Estimate[] rates = [.. ordered.Select(shift => shift.Count(race, labels))
                .Select(count => Percent(Estimate.Share((double)count.Hits / count.All, count.All, "faces")))];
            return ChartSeries.Of(race, SeriesKind.Line, ordered.Select(shift => shift.Delta), rates.Select(rate => rate.Value));
        }
    }
}
