using System.Text.RegularExpressions;
using ModalityGap.Evaluation;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Lab.Training;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Tables 2 and 4 with trained encoders: people drawn in five tones of the skin, classified among people, animals and creatures of fantasy, along a
/// gap that was measured on other pictures. The quick setting has shapes in eight colours in their place.
/// </summary>
internal sealed partial class SkinTones : GridExperiment
{
    private static readonly string[] Tones = ["light", "medium-light", "medium", "medium-dark", "dark"];

    public override string Id => "skin-tones";

    public override string Title => "Tables 2 and 4, by the tone of the skin of drawn people";

    // What is told apart is named here: other pictures would not do.
    public override Material Uses => Material.None;

    public override IReadOnlyList<Setting> Settings(Effort effort) =>
    [
        .. base.Settings(effort),
        new("classified", effort == Effort.Full
            ? "people of one tone of the skin in all styles, without creatures of fantasy"
            : "shapes in a style that training never saw, by colour"),
        new("shifts", "pictures by δ along the gap of pairs that training does not see"),
    ];

    // The gap of this temperature is as large as CLIP's.
    protected override TrainingCell[] CellsOf(Effort effort) => [TemperatureAndGap.Scratch(effort)[0] with { KeepsModel = true }];

    protected override Findings Tell(TrainedCells trained, ExperimentContext context)
    {
        ImageTextSet seen = Open(context);
        Plan plan = context.IsFull
            ? People(seen, DataSource.Open(DataSource.EmojiTonesName, new DataOptions { Side = seen.Side }, null, context.Work.Cancellation).Set)
            : Shapes(seen);
        ClassificationResult[] seeds = Look(context, CellsOf(context.Effort)[0], (model, seed) => Classify(plan, seen, model, seed, context));
        var judged = new ToneRates(plan.Task, plan.Groups, plan.Sets, seeds);
        return new Findings
        {
            Outcomes = [judged.Accuracy(), judged.Foreign(), judged.Apart()],
            Tables = [judged.Table(), judged.Disparities(), trained.Table()],
            Charts = [judged.Figure()],
            Notes =
            [
                $"{plan.Task.Images.Count} pictures, {plan.Task.Count} classes. Training saw the same people without a tone of the skin.",
                "The published table is FairFace's with CLIP; nothing here is a photograph, and a label of fantasy stands where theirs has crime.",
            ],
        };
    }

    /// <summary>What is classified, the group of each picture, and classes that count as one.</summary>
    private sealed record Plan(PictureTask Task, string[] Groups, ClassSet[] Sets);

    private static Plan People(ImageTextSet seen, ImageTextSet toned)
    {
        ImageTextItem[] people = [.. seen.Items.Where(item => item.Group == "people & body")];
        ImageTextItem[] animals = [.. seen.Items.Where(item => item.Subgroup is "mammals" or "monkey faces")];
        HashSet<string> known = [.. people.Select(item => item.Texts[0])];
        int[] images =
        [
            .. Enumerable.Range(0, toned.Images.Count)
                .Where(image => Shown(image) is { Subgroup: not "fantasy" } item && known.Contains(WithoutTone(item))),
        ];
        return new Plan(
            new("people", toned, images, WithoutTone, [.. people.Concat(animals).Select(item => (item.Texts[0], item))]),
            [.. images.Select(image => Tones[Shown(image).SkinTone!.Value - 1])],
            [
                new("animal", [.. animals.Select(item => item.Texts[0])]),
                new("fantasy", [.. people.Where(item => item.Subgroup == "fantasy").Select(item => item.Texts[0])]),
            ]);

        ImageTextItem Shown(int image) => toned.Items[toned.Images[image].Item];
    }

    // "person: dark skin tone, beard" is "person: beard", "waving hand: dark skin tone" is "waving hand".
    internal static string WithoutTone(ImageTextItem item) => Tone().Replace(item.Texts[0], found => found.Groups["more"].Success ? ": " : "");

    [GeneratedRegex(": (?:medium-)?(?:light|medium|dark) skin tone(?<more>, )?")]
    private static partial Regex Tone();

    private static Plan Shapes(ImageTextSet seen)
    {
        IReadOnlyList<int> images = DataSplit.Draw(seen, new SplitOptions()).UnseenStyle;
        string[] outlines = [.. seen.Items.Select(item => item.Group!).Distinct()];
        return new Plan(
            new("outlines", seen, images, item => item.Group!, [.. seen.Items.Select(item => (item.Group!, item))]),
            [.. images.Select(image => seen.Items[seen.Images[image].Item].Subgroup!)],
            [new("animal", outlines[..2]), new("fantasy", outlines[2..4])]);
    }

    private static ClassificationResult Classify(Plan plan, ImageTextSet seen, DualEncoder model, int seed, ExperimentContext context)
    {
        var embedder = new Embedder(model);
        IReadOnlyList<int> others = DataSplit.Draw(seen, new SplitOptions()).UnseenItems;
        ImageTextItem[] items = [.. others.Select(image => seen.Items[seen.Images[image].Item])];
        return ZeroShotClassification.Run(
            plan.Task.Embed(model, context.Work.Cancellation) with
            {
                Groups = new RowWords(plan.Task.Set.Name, plan.Groups),
                ClassSets = plan.Sets,
                Direction = MeasuredGap.Between(
                    "pairs that training does not see",
                    embedder.Images(seen, others, context.Work.Cancellation),
                    embedder.Texts([.. items.Select(CaptionDraw.First)], items, context.Work.Cancellation)),
            },
            new ClassificationOptions
            {
                Seed = (long)(context.Random.Fork("judge", seed).NextBits() >> 1),
                Threads = context.Work.Threads,
                Shift = "first-only",
            },
            null,
            context.Work.Cancellation);
    }
}
