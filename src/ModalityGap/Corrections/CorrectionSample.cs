using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Corrections;

/// <summary>Rows that a correction learns from: documents of two modalities, and queries where they differ from both.</summary>
public sealed class CorrectionSample
{
    private readonly Dictionary<UnitEmbeddings, ModalityMoments> moments = new(ReferenceEqualityComparer.Instance);
    private (UnitEmbeddings First, UnitEmbeddings Second)? matching;

    /// <summary>Rows that need not match.</summary>
    /// <param name="first">Documents of the first modality, n x d.</param>
    /// <param name="second">Documents of the second modality, m x d.</param>
    /// <param name="pairs">Which row of the first matches which of the second; default unknown.</param>
    /// <param name="queries">Queries that are written otherwise than the documents of their modality, or of a third one; default none.</param>
    /// <exception cref="ArgumentException">Both modalities have the same name, two sets of queries do, or a pair names a row that is not there.</exception>
    public CorrectionSample(
        UnitEmbeddings first,
        UnitEmbeddings second,
        IReadOnlyList<(int First, int Second)>? pairs = null,
        params IReadOnlyList<UnitEmbeddings> queries)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(queries);
        if (first.Modality == second.Modality)
            throw new ArgumentException($"Both modalities are called \"{first.Modality}\".", nameof(second));
        if (queries.DistinctBy(rows => rows.Modality).Count() < queries.Count)
            throw new ArgumentException("Two sets of queries are of the same modality.", nameof(queries));
        if (pairs?.Any(pair => pair.First < 0 || pair.First >= first.Rows || pair.Second < 0 || pair.Second >= second.Rows) == true)
            throw new ArgumentException("A pair names a row that is not there.", nameof(pairs));
        (First, Second, Queries) = (first, second, queries);
        Pairs = pairs ?? [];
    }

    /// <summary>Documents of the first modality.</summary>
    public UnitEmbeddings First { get; }

    /// <summary>Documents of the second modality.</summary>
    public UnitEmbeddings Second { get; }

    /// <summary>Rows that ask.</summary>
    public IReadOnlyList<UnitEmbeddings> Queries { get; }

    /// <summary>Rows that match; none where that is not known.</summary>
    public IReadOnlyList<(int First, int Second)> Pairs { get; }

    /// <summary>The model whose embeddings they are, if it has a name.</summary>
    public string? Model { get; init; }

    /// <summary>The seed by which the rows were drawn, if they were.</summary>
    public long? Seed { get; init; }

    internal WorkContext Work { get; init; } = WorkContext.Default;

    /// <summary>Every row of both modalities; of each item, the first rows match.</summary>
    public static CorrectionSample Of(PairedEmbeddings pairs) => Of(pairs, WorkContext.Default);

    internal static CorrectionSample Of(PairedEmbeddings pairs, WorkContext work)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return new CorrectionSample(
            pairs.First,
            pairs.Second,
            [.. Enumerable.Range(0, pairs.Items).Select(item => (pairs.RowsOfFirst[item][0], pairs.RowsOfSecond[item][0]))])
        {
            Work = work,
        };
    }

    /// <summary>The roles of all rows, documents first.</summary>
    internal IEnumerable<(RowRole Role, UnitEmbeddings Rows)> Roles =>
    [
        (RowRole.Documents(First.Modality), First),
        (RowRole.Documents(Second.Modality), Second),
        .. Queries.Select(rows => (RowRole.Queries(rows.Modality), rows)),
    ];

    /// <summary>d, the same for all rows.</summary>
    /// <exception cref="EmbeddingDataException">Rows differ in it.</exception>
    internal int Dimensions
    {
        get
        {
            foreach ((_, UnitEmbeddings rows) in Roles)
                if (rows.Dimensions != First.Dimensions)
                    throw new EmbeddingDataException(
                        rows.Provenance.Source,
                        $"its {rows.Modality} rows have {rows.Dimensions} dimensions, those of {First.Modality} {First.Dimensions}.",
                        "Embed both with the same model, or learn a linear-map or cca, which take different dimensions.");
            return First.Dimensions;
        }
    }

    /// <summary>Δ = mean x - mean y, over all documents.</summary>
    internal double[] Gap()
    {
        _ = Dimensions;
        return [.. Moments(First).Mean.Zip(Moments(Second).Mean, (x, y) => x - y)];
    }

    /// <summary>The moments of rows of this sample, computed once.</summary>
    internal ModalityMoments Moments(UnitEmbeddings rows)
    {
        if (moments.TryGetValue(rows, out ModalityMoments? known))
            return known;
        var sum = new double[rows.Dimensions];
        double[] ones = new double[rows.Rows];
        Array.Fill(ones, 1);
        ColumnSums.Add(rows.Values, ones, sum);
        return moments[rows] = new ModalityMoments(rows.Modality.Name, new RowMatrix(rows.Values, rows.Rows, rows.Dimensions), sum, Work);
    }

    /// <summary>The moments of rows that must vary.</summary>
    /// <exception cref="EmbeddingDataException">There is one row only, or all rows are the same.</exception>
    internal ModalityMoments Varying(UnitEmbeddings rows, string id)
    {
        if (rows.Rows < 2 || Moments(rows).IsPoint)
            throw new EmbeddingDataException(
                rows.Provenance.Source,
                rows.Rows < 2 ? $"it has one row of {rows.Modality} only." : $"all its rows of {rows.Modality} are the same.",
                $"The correction {id} learns how rows vary: give it at least two that differ, better some hundred.");
        return Moments(rows);
    }

    /// <summary>The matching rows, row i with row i.</summary>
    /// <exception cref="EmbeddingDataException">There are fewer than two pairs.</exception>
    internal (UnitEmbeddings First, UnitEmbeddings Second) Matching(string id)
    {
        if (Pairs.Count < 2)
            throw new EmbeddingDataException(
                First.Provenance.Source,
                Pairs.Count == 0 ? $"it is not known which rows match those of {Second.Modality}." : "it has one matching pair only.",
                $"The correction {id} learns from matching pairs: pair the rows by id or by row, or choose one that needs none.");
        return matching ??= (Select(First, pair => pair.First), Select(Second, pair => pair.Second));
    }

    /// <summary>The rows after a correction, to learn the next one from.</summary>
    internal CorrectionSample After(FittedCorrection correction) => new(
        correction.Apply(RowRole.Documents(First.Modality), First, Work),
        correction.Apply(RowRole.Documents(Second.Modality), Second, Work),
        Pairs,
        [.. Queries.Select(rows => correction.Apply(RowRole.Queries(rows.Modality), rows, Work))])
    {
        Model = Model,
        Seed = Seed,
        Work = Work,
    };

    /// <summary>Leaves all rows as they are: what a correction of scores alone is put upon.</summary>
    internal FittedCorrection Unchanged() =>
        new([], Origin(pairs: 0), [.. Roles.Select(entry => (entry.Role, new RowTransform(entry.Rows.Dimensions)))]);

    /// <summary>A correction that does this to the rows of each role.</summary>
    internal FittedCorrection Fitted(ICorrection correction, Func<RowRole, UnitEmbeddings, RowTransform> transform) =>
        new(
            [CorrectionSetting.Of(correction)],
            Origin(correction.Info.NeedsPairs ? Pairs.Count : 0),
            [.. Roles.Select(entry => (entry.Role, transform(entry.Role, entry.Rows)))]);

    /// <summary>The same where both modalities are treated differently, and queries of a third one have no part in it.</summary>
    internal FittedCorrection Fitted(ICorrection correction, RowTransform first, RowTransform second) =>
        Fitted(correction, (role, rows) => role.Modality == First.Modality ? first
            : role.Modality == Second.Modality ? second
            : new RowTransform(rows.Dimensions));

    private CorrectionOrigin Origin(int pairs) => new()
    {
        Rows = [.. Roles.Select(entry => new FittedRows(entry.Role, entry.Rows.Rows, entry.Rows.Dimensions, entry.Rows.Provenance))],
        Pairs = pairs,
        Model = Model,
        Seed = Seed,
    };

    private UnitEmbeddings Select(UnitEmbeddings rows, Func<(int First, int Second), int> side)
    {
        int[] indices = [.. Pairs.Select(side)];
        return indices.Length == rows.Rows && indices.SequenceEqual(Enumerable.Range(0, rows.Rows)) ? rows : rows.Select(indices);
    }
}
