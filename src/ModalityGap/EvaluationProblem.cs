using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Selection;

namespace ModalityGap;

/// <summary>Rows that fit together, and what is known about each: the same for raw and corrected rows.</summary>
internal sealed class EvaluationProblem
{
    private EvaluationProblem(Alignment alignment)
    {
        Pairs = alignment.Pair(0, 1);
        Search = CorrectionSelection.Problem(alignment, null);
    }

    public PairedEmbeddings Pairs { get; }

    /// <summary>Who asks for what.</summary>
    public SearchProblem Search { get; }

    /// <summary>The label of each row of the first modality.</summary>
    public IReadOnlyList<string>? Labels { get; private set; }

    public string? LabelSource { get; private set; }

    /// <summary>The label of each item: that of its first row.</summary>
    public IReadOnlyList<string>? LabelsOfItems { get; private set; }

    public IReadOnlyList<string>? Groups { get; private set; }

    public string? GroupSource { get; private set; }

    /// <summary>Texts of classes, before any correction.</summary>
    public UnitEmbeddings? Prompts { get; private set; }

    public IReadOnlyList<string>? ClassOfPrompt { get; private set; }

    /// <summary>Where the texts are from, in words.</summary>
    public string? ClassTextsInWords { get; private set; }

    public IReadOnlyList<ClassSet> ClassSets { get; private set; } = [];

    public string Forth => $"{Pairs.First.Modality}-to-{Pairs.Second.Modality}";

    public string Back => $"{Pairs.Second.Modality}-to-{Pairs.First.Modality}";

    /// <summary>What cannot be evaluated, and why.</summary>
    public List<MissingPart> Missing { get; } = [];

    /// <summary>What makes the numbers doubtful.</summary>
    public List<Finding> Findings { get; } = [];

    /// <exception cref="EmbeddingDataException">Something does not fit the rows.</exception>
    public static EvaluationProblem Of(IReadOnlyList<EmbeddingSet> inputs, Alignment alignment, EvaluationTask task)
    {
        var problem = new EvaluationProblem(alignment) { ClassSets = task.ClassSets };
        problem.Findings.AddRange(alignment.Findings);
        if (problem.Search.Asking is null)
            problem.Missing.Add(new MissingPart("mixed-search", "Nothing asks for documents of both modalities: give a second text per item (--captions-per-item 2), or a third modality."));
        RowWords? labels = task.Labels ?? (inputs[0].Labels is { } own ? new RowWords(inputs[0].Provenance.Source, own) : null);
        if (labels is null)
            problem.WithoutLabels(task);
        else
            problem.Label(inputs[0], labels, task);
        if (task.Correction is { } correction)
            problem.Check(correction);
        return problem;
    }

    private void WithoutLabels(EvaluationTask task)
    {
        if (task.Classes is not null || task.Groups is not null || task.ClassSets.Count > 0)
            throw new EmbeddingDataException(
                Pairs.First.Provenance.Source, "its rows have no labels, so there is nothing to hold classes or groups against.", "Give one label per row with --labels.");
        foreach (string part in (string[])["zero-shot", "groups", "clustering"])
            Missing.Add(new MissingPart(part, "The rows have no labels: give one per row with --labels."));
    }

    private void Label(EmbeddingSet input, RowWords labels, EvaluationTask task)
    {
        Labels = OfRows(input, labels, "labels");
        LabelSource = labels.Source;
        LabelsOfItems = [.. Pairs.RowsOfFirst.Select(rows => Labels[rows[0]])];
        if (Labels.Distinct().Count() < 2)
        {
            if (task.Classes is null)
                throw new EmbeddingDataException(labels.Source, "all its labels are the same.", "Give labels that differ: the class of each row.");
            Missing.Add(new MissingPart("clustering", "All rows have the same label."));
            LabelsOfItems = null;
        }
        if (LabelsOfItems is { } labelled && Clustering.AreFew(labelled.Count, labelled.Distinct().Count()))
            Missing.Add(new MissingPart("clustering", "There are fewer than two rows of a label on average: only the pooled rows of both modalities were clustered."));
        TakeClasses(task.Classes);
        if (task.Groups is null)
        {
            if (task.ClassSets.Count > 0)
                throw new EmbeddingDataException(labels.Source, "class sets were given without groups.", "Say with --groups which group each row is of.");
            Missing.Add(new MissingPart("groups", "The rows have no groups: give one per row with --groups."));
            return;
        }
        Groups = OfRows(input, task.Groups, "groups");
        GroupSource = task.Groups.Source;
        Findings.AddRange(GroupsOfOne(Groups));
    }

    /// <summary>Says which groups have one row.</summary>
    public static IEnumerable<Finding> GroupsOfOne(IReadOnlyList<string> groups) => groups.GroupBy(group => group).Where(group => group.Count() == 1)
        .Select(alone =>
        new Finding("group-of-one", FindingSeverity.Note,
            $"The group \"{Excerpt.Of(alone.Key, 40)}\" has one row: its rates have no interval, and neither have the disparities."));

    /// <summary>Says which classes nothing is labelled with.</summary>
    public static IEnumerable<Finding> ClassesWithoutRows(IReadOnlyList<string> classes, IReadOnlyList<string> labels)
    {
        string[] unused = [.. classes.Distinct().Except(labels)];
        if (unused.Length > 0)
            yield return new Finding("classes-without-rows", FindingSeverity.Note,
                $"{unused.Length} classes have a text and no row, such as \"{Excerpt.Of(unused[0], 40)}\": they can be taken and have no accuracy.");
    }

    private void TakeClasses(EmbeddingSet? classes)
    {
        if (classes is not null)
        {
            ClassOfPrompt = NamesOf(classes);
            Prompts = UnitEmbeddings.Normalize(classes.As(Pairs.Second.Modality));
            ClassTextsInWords = $"{Prompts.Rows} prompts of {ClassOfPrompt.Distinct().Count()} classes from {classes.Provenance.Source}";
            Findings.AddRange(ClassesWithoutRows(ClassOfPrompt, Labels!));
            return;
        }
        Prompts = Pairs.Second;
        ClassOfPrompt = [.. Pairs.SecondItems.Select(item => Labels![Pairs.RowsOfFirst[item][0]])];
        ClassTextsInWords = $"the mean of the {Pairs.Second.Modality} rows of each label";
        Findings.Add(new Finding(
            "classes-from-own-texts",
            FindingSeverity.Warning,
            $"No texts of classes were given: each class is the mean of its items' own {Pairs.Second.Modality} rows, the row of the classified item among them. That flatters zero-shot accuracy; give prompts with --classes."));
    }

    /// <summary>The class of each prompt.</summary>
    /// <exception cref="EmbeddingDataException">Nothing tells it.</exception>
    public static IReadOnlyList<string> NamesOf(EmbeddingSet classes) => classes.Labels ?? classes.Ids ?? throw new EmbeddingDataException(
        classes.Provenance.Source, "its rows have neither labels nor ids, so nobody knows which class each is.",
            "Name the class of each row with --class-names, or give a file that holds labels, such as jsonl.");

    /// <summary>The word of each row that is used.</summary>
    /// <exception cref="EmbeddingDataException">There is not one for each row as read.</exception>
    public static string[] OfRows(EmbeddingSet input, RowWords words, UnitEmbeddings rows, string what)
    {
        if (words.Words.Count != input.Rows)
            throw new EmbeddingDataException(
                words.Source, $"it holds {words.Words.Count} {what}, {input.Provenance.Source} {input.Rows} rows.", $"Give one of the {what} per row, in the order of the rows.");
        return [.. Enumerable.Range(0, rows.Rows).Select(row => words.Words[rows.Names.PositionOf(row)])];
    }

    private string[] OfRows(EmbeddingSet input, RowWords words, string what) => OfRows(input, words, Pairs.First, what);

    private void Check(FittedCorrection correction)
    {
        foreach (UnitEmbeddings rows in (UnitEmbeddings[])[Pairs.First, Pairs.Second])
        {
            if (!correction.Transforms.Any(entry => entry.Role == RowRole.Documents(rows.Modality)))
                throw new EmbeddingDataException(
                    rows.Provenance.Source,
                    $"the correction {correction.Id} knows no {rows.Modality} documents; it was fitted for {string.Join(", ", correction.Transforms.Select(entry => entry.Role))}.",
                    "Name the modalities as they were called when it was fitted: --modalities.");
            int taken = correction.Transform(RowRole.Documents(rows.Modality)).InputDimensions;
            if (taken != rows.Dimensions)
                throw new EmbeddingDataException(
                    rows.Provenance.Source,
                    $"its rows have {rows.Dimensions} dimensions, and the correction {correction.Id} takes {taken}.",
                    "It was fitted on another model: evaluate it on embeddings of that one, or fit one on these.");
        }
        if (Search.Asking is { } asking && !correction.Transforms.Any(entry => entry.Role.Modality == asking.Modality))
            throw new EmbeddingDataException(
                asking.Provenance.Source, $"the correction {correction.Id} knows no {asking.Modality} rows.", "Fit it on all three modalities, or leave out the one that asks.");
        bool sameRows = correction.Origin.Rows.Any(fitted =>
            fitted.Provenance.Fingerprint != Fingerprint.None
            && (fitted.Provenance.Fingerprint == Pairs.First.Provenance.Fingerprint || fitted.Provenance.Fingerprint == Pairs.Second.Provenance.Fingerprint));
        if (sameRows)
            Findings.Add(new Finding("fitted-on-these-rows", FindingSeverity.Warning,
                "The correction was fitted on the very file that it is judged on: what it gains here it may not gain elsewhere. Fit it on other items of the same model."));
        if (correction.Scores is not null)
            Findings.Add(new Finding("scores-in-mixed-search-only", FindingSeverity.Note,
                $"{correction.Id} corrects scores too. Mixed search ranks by corrected scores; everything else here looks at the corrected rows alone."));
    }
}
