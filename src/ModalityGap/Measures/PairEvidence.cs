using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// What several measures of a pair need: moments, and what the sweeps over X·Yᵀ, X·Xᵀ and Y·Yᵀ found. Each sweep runs once. Everything
/// concerns one pair per item (the first text of each), but for retrieval, which knows all rows.
/// </summary>
internal sealed class PairEvidence
{
    /// <summary>How many neighbours are kept per row.</summary>
    public const int Neighbours = 10;

    public PairEvidence(PairedEmbeddings all, IReadOnlyList<double> temperatures, RandomStream random, WorkContext work)
    {
        All = all;
        Pairs = all.OneToOne();
        Temperatures = temperatures;
        Random = random;
        Work = work;
        Moments = new PairMoments(Pairs);
        X = new RowMatrix(Pairs.First.Values, Pairs.Items, Pairs.Dimensions);
        Y = new RowMatrix(Pairs.Second.Values, Pairs.Items, Pairs.Dimensions);
    }

    /// <summary>All rows.</summary>
    public PairedEmbeddings All { get; }

    /// <summary>One pair per item.</summary>
    public PairedEmbeddings Pairs { get; }

    public IReadOnlyList<double> Temperatures { get; }

    public RandomStream Random { get; }

    public WorkContext Work { get; }

    public PairMoments Moments { get; }

    /// <summary>What follows from the moments alone.</summary>
    public LinearEvidence Linear => field ??= new LinearEvidence(Pairs, Moments, Work);

    /// <summary>One row of the first modality per item.</summary>
    public RowMatrix X { get; }

    /// <summary>One row of the second modality per item.</summary>
    public RowMatrix Y { get; }

    /// <summary>Number of items.</summary>
    public int Count => Pairs.Items;

    public string First => Pairs.First.Modality.Name;

    public string Second => Pairs.Second.Modality.Name;

    /// <summary>The name of a direction of search in keys.</summary>
    public string FirstToSecond => $"{First}-to-{Second}";

    /// <summary>The name of the other direction.</summary>
    public string SecondToFirst => $"{Second}-to-{First}";

    /// <summary>Covariances of both modalities, and what follows from them.</summary>
    public SecondMoments SecondMoments => field ??= new SecondMoments(this);

    /// <summary>The sweep over X·Yᵀ.</summary>
    public CrossEvidence Cross => field ??= new CrossEvidence(this);

    /// <summary>The sweep over X·Xᵀ.</summary>
    public WithinEvidence WithinFirst => field ??= new WithinEvidence(this, Pairs.First, X, Moments.Sums.OffDiagonalMeanX, Cross.BestForFirst);

    /// <summary>The sweep over Y·Yᵀ.</summary>
    public WithinEvidence WithinSecond => field ??= new WithinEvidence(this, Pairs.Second, Y, Moments.Sums.OffDiagonalMeanY, Cross.BestForSecond);

    /// <summary>The sweeps over the distances within and across.</summary>
    public DistanceEvidence Distances => field ??= new DistanceEvidence(this);

    /// <summary>Contrastive losses of the pairs as they are, at the temperatures.</summary>
    public LossEvidence Losses => field ??= new LossEvidence(this);
}
