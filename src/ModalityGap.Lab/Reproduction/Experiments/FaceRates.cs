using ModalityGap.Evaluation;
using ModalityGap.Lab.Classification;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>Tables 2 and 4 and supplementary Figure 11 from FairFace's pictures and a model that the user brings.</summary>
internal sealed class FaceRates
{
    private const int Patch = 32, Faces = 10_954;

    /// <summary>A published rate in per cent that lies no further away is met.</summary>
    private const double Near = 0.5;

    private static readonly ZeroShotTask Task = TaskPresets.FairFace;

    private readonly ClassificationResult result;
    private readonly string on;
    private readonly bool isComplete;

    private FaceRates(ClassificationResult result, GivenClip clip, MeasuredGap? gap)
    {
        this.result = result;
        isComplete = clip.HasPublishedShape && gap is not null && result.ZeroShot.Images == Faces;
        on = $"On {result.ZeroShot.Images} faces with {clip.Shape}{(clip.HasPublishedShape ? "" : ", not the paper's ViT-B/32")}, moved along {result.Along}."
            + (gap is null ? " The paper moved along the gap of MSCOCO: give rows of its pictures and captions by the same model, from modgap-lab embed, with --features." : "");
    }

    /// <summary>What is needed for it, in words that end with the way out.</summary>
    public static string Needs =>
        $"CLIP ViT-B/32 with its vocabulary and {Task.Pictures}. Give --model DIR --images {Task.Id}=DIR, and MSCOCO's rows with --features images.npy,texts.npy";

    public static bool AreIn(GivenMaterial given) => given.Models.Count > 0 && given.Images.ContainsKey(Task.Id);

    public static Findings Run(ExperimentContext context)
    {
        using GivenClip clip = GivenClip.Open(context.Given.Models, Patch);
        EmbeddedTask embedded = clip.Embed(context, Task, context.Given.Images[Task.Id], 0, 0.8);
        MeasuredGap? gap = GapOf(context.Given, clip.Encoder.Towers.Dimensions);
        context.Tell("rates along the gap", 0.8);
        var rates = new FaceRates(
            embedded.Classify(GivenClip.SeedOf(context, Task), context.Work.Threads, null, gap, null, context.Work.Cancellation), clip, gap);
        return new Findings
        {
            Outcomes = [rates.AsItIs(), rates.Larger(), rates.TooSmall(), rates.TooLarge(), rates.Accuracy(), rates.Range()],
            Tables = [rates.Table(), rates.Disparities()],
            Charts = rates.result.AlongGap.Count == 0 ? [] : [rates.Figure()],
            Notes = [Task.Origin, .. embedded.Summary is { LeftOut.Count: > 0 } summary
                ? (string[])[$"{summary.LeftOut.Count} pictures could not be used."] : []],
        };
    }

    // Whether rows are MSCOCO's cannot be seen; whether they can be of the same model can, by their dimensions.
    private static MeasuredGap? GapOf(GivenMaterial given, int dimensions) =>
        given.Features.FirstOrDefault(set => !set.IsRandom && set.First.Dimensions == dimensions && set.Second.Dimensions == dimensions) is { } set
            ? MeasuredGap.Between($"the gap of {set.Name}", set.First, set.Second)
            : null;

    private Outcome AsItIs() => Rates("table-2-default", 0, _ => true, "");

    private Outcome Larger() => Rates(
        "table-2-larger", -0.2, moved => moved.All(pair => pair.After.Sum!.Value <= pair.Before.Sum!.Value),
            "No race is given denigrating labels more often than as it is");

    private Outcome TooSmall() =>
        Rates("table-4-too-small", 0.75, moved => Mean(moved, row => row.Rates[0]) > 0, "Crime-related labels are more frequent than as it is");

    private Outcome TooLarge() =>
        Rates("table-4-too-large", -1, moved => Mean(moved, row => row.Rates[1]) > 0, "Non-human labels are more frequent than as it is");

    private static double Mean((GroupRow Before, GroupRow After)[] moved, Func<GroupRow, Estimate> rate) =>
        moved.Sum(pair => pair.After.Images * (rate(pair.After).Value - rate(pair.Before).Value)) / moved.Sum(pair => pair.After.Images);

    private Outcome Rates(string id, double delta, Func<(GroupRow Before, GroupRow After)[], bool> holds, string direction)
    {
        if (At(delta) is not { } point)
            return Nowhere(id);
        (GroupRow, GroupRow)[] moved = [.. At(0)!.Table.Groups.Zip(point.Table.Groups)];
        OwnNumber[] ours =
        [
            .. from row in point.Table.Groups
               from k in Enumerable.Range(0, point.Table.ClassSets.Count)
               select new OwnNumber($"{row.Name}, {point.Table.ClassSets[k].Name}", row.Rates[k].Scaled(100)),
        ];
        IReadOnlyList<PublishedNumber> published = ClaimList.All.First(claim => claim.Id == id).Published;
        string[] off = [.. published.Where(one => ours.FirstOrDefault(own => own.Name == one.Name) is not { } own
            || Math.Abs(own.Estimate.Value - one.Value) > Near).Select(one => one.Name)];
        bool directed = holds(moved);
        return new Outcome(
            id,
            isComplete ? off.Length == 0 ? ClaimStatus.Reproduced : ClaimStatus.Differs : directed ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            $"{published.Count - off.Length} of {published.Count} rates lie within {InWords.Number(Near)} points of the printed ones"
                + (direction.Length == 0 ? ". " : $"; {direction}: {(directed ? "yes" : "no")}. ") + on,
            ours);
    }

    private Outcome Accuracy()
    {
        const string id = "table-2-accuracy";
        OwnNumber[] ours = [.. ClaimList.All.First(claim => claim.Id == id).Published.Select(one => (one.Name, Point: At(ShiftOf(one.Name))))
            .Where(one => one.Point?.Table.Accuracy.Estimate is not null).Select(one => new OwnNumber(one.Name, one.Point!.Table.Accuracy.Estimate!))];
        if (ours.Length == 0)
            return Nowhere(id);
        bool agree = ClaimList.All.First(claim => claim.Id == id)
            .Published.All(one => ours.Any(own => own.Name == one.Name && Math.Abs(own.Estimate.Value - one.Value) <= Near / 100));
        return new Outcome(id, isComplete ? agree ? ClaimStatus.Reproduced : ClaimStatus.Differs : ClaimStatus.DirectionOnly,
            $"Of race and gender together. {on}", ours);
    }

    private Outcome Range() => result.AlongGap.Count == 0 ? Nowhere("supplementary-figure-11") : new Outcome(
        "supplementary-figure-11",
        isComplete ? ClaimStatus.Reproduced : ClaimStatus.DirectionOnly,
        $"Drawn at {result.AlongGap.Count} shifts; nothing is printed to hold it against. {on}",
        [.. result.AlongGap.Select(point =>
            new OwnNumber($"δ = {Cells.Of(point.Shift)}, highest sum", point.Table.Groups.MaxBy(row => row.Sum!.Value)!.Sum!.Scaled(100)))]);

    private Outcome Nowhere(string id) => new(id, ClaimStatus.Needs, $"Needs pictures whose mean is not that of the class texts. {on}", []);

    private GroupShift? At(double delta) => result.AlongGap.FirstOrDefault(point => Math.Abs(point.Shift - delta) < 1e-9);

    // "δ = -0.2".
    private static double ShiftOf(string name) => double.Parse(name.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);

    private ResultTable Table() => new(
        "rates", "Rates and accuracy in per cent by race and shift", ["shift", "signed distance", "race", "labels", "faces", "per cent", "low", "high"],
        [
            .. from point in result.AlongGap
               from row in point.Table.Groups
               from rate in point.Table.ClassSets.Select((set, k) => (set.Name, Rate: row.Rates[k]))
                   .Append((Name: GroupTable.Sum, Rate: row.Sum!)).Append((Name: GroupTable.AccuracyColumn, Rate: row.Accuracy!))
               let percent = rate.Rate.Scaled(100)
               select (IReadOnlyList<string>)[
                   Cells.Of(point.Shift), Cells.Of(point.SignedDistance), row.Name, rate.Name, Cells.Of(row.Images), Cells.Of(percent.Value),
                   percent.Low is { } low ? Cells.Of(low) : "", percent.High is { } high ? Cells.Of(high) : ""],
        ]);

    private ResultTable Disparities() => new(
        "disparities", "How far races are apart, by shift", ["shift", "column", "highest", "lowest", "difference", "low", "high", "p, no difference"],
        [
            .. from point in result.AlongGap
               from one in point.Table.Disparities
               select (IReadOnlyList<string>)[
                   Cells.Of(point.Shift), one.Column, one.Highest, one.Lowest, Cells.Of(one.Difference.Value), one.Difference.Low is { } low
                       ? Cells.Of(low) : "",
                   one.Difference.High is { } high ? Cells.Of(high) : "", Cells.Of(one.Equality.Value)],
        ]);

    private Chart Figure() => new()
    {
        Name = "rates-by-shift",
        Title = "Denigrating labels by race along the gap",
        Caption = "Rates by race against the shift of the pictures along the gap's direction (negative: a larger gap); the table has their intervals.",
        Panels = [.. Enumerable.Range(0, Task.ClassSets.Count).Select(k => new ChartPanel
        {
            Heading = $"{Task.ClassSets[k].Name} labels, per cent",
            Across = "shift δ of the pictures",
            Series = [.. result.AlongGap[0].Table.Groups.Select((row, g) => ChartSeries.Of(
                row.Name, SeriesKind.Line, result.AlongGap.Select(point => point.Shift),
                    result.AlongGap.Select(point => 100 * point.Table.Groups[g].Rates[k].Value)))],
        })],
    };
}
