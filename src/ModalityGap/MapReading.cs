using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Projections;

namespace ModalityGap;

/// <summary>Looks up what a reader of a map asks of the pairs that it shows.</summary>
internal static class MapReading
{
    /// <summary>Neighbours are listed on maps of at most so many pairs; beyond, the lists would outgrow the map.</summary>
    public const int MostPairsWithNeighbours = 2000;

    private const int NeighboursPerRow = 5;

    public static MapFacts Of(PairEvidence evidence, PairMap map)
    {
        int[] shown = [.. map.Pairs];
        var gap = new GapDirection(evidence);
        CrossEvidence cross = evidence.Cross;
        return new MapFacts
        {
            FirstRows = Positions(evidence.Pairs.First.Names, shown),
            SecondRows = Positions(evidence.Pairs.Second.Names, shown),
            FirstAlong = Along(evidence.Pairs.First, gap, shown),
            SecondAlong = Along(evidence.Pairs.Second, gap, shown),
            GapLength = gap.Norm,
            Cosines = Array.ConvertAll(shown, i => (float)evidence.Moments.Matched[i]),
            FirstRanks = Array.ConvertAll(shown, i => cross.RanksOfFirst[evidence.All.RowsOfFirst[i][0]]),
            SecondRanks = Array.ConvertAll(shown, i => cross.RanksOfSecond[evidence.All.RowsOfSecond[i][0]]),
            Neighbours = shown.Length is > 1 and <= MostPairsWithNeighbours ? Neighbours(evidence, shown) : null,
        };
    }

    private static int[]? Positions(RowNames names, int[] shown) =>
        Array.TrueForAll(shown, i => names.PositionOf(i) == i) ? null : Array.ConvertAll(shown, names.PositionOf);

    private static float[]? Along(UnitEmbeddings rows, GapDirection gap, int[] shown) =>
        gap.Norm == 0 ? null : Array.ConvertAll(shown, i => (float)Dot.Float64(rows.Row(i), gap.Direction));

    private static MapNeighbours Neighbours(PairEvidence evidence, int[] shown)
    {
        UnitEmbeddings first = evidence.Pairs.First.Select(shown), second = evidence.Pairs.Second.Select(shown);
        NearestNeighbours before = Nearest(first, second, evidence.Work);
        var neighbours = new MapNeighbours { PerRow = before.K, Before = Flat(before) };
        if (!TryCorrect(evidence, first, second, out (UnitEmbeddings First, UnitEmbeddings Second, string Id) corrected))
            return neighbours;
        return neighbours with { After = Flat(Nearest(corrected.First, corrected.Second, evidence.Work)), Correction = corrected.Id };
    }

    private static bool TryCorrect(
        PairEvidence evidence, UnitEmbeddings first, UnitEmbeddings second, out (UnitEmbeddings First, UnitEmbeddings Second, string Id) corrected)
    {
        try
        {
            FittedCorrection fitted = GapAnalysis.Tried[0].Fit(CorrectionSample.Of(evidence.Pairs));
            corrected = (fitted.ApplyToFirst(first), fitted.ApplyToSecond(second), fitted.Id);
            return true;
        }
        catch (EmbeddingDataException)
        {
            // Rows that are all alike have nothing left after it, and the map shows the others.
            corrected = default;
            return false;
        }
    }

    private static NearestNeighbours Nearest(UnitEmbeddings first, UnitEmbeddings second, WorkContext work) =>
        NearestNeighbours.Find(RowStack.Of([first, second]), NeighboursPerRow, work);

    private static int[] Flat(NearestNeighbours neighbours) =>
        [.. Enumerable.Range(0, neighbours.Rows).SelectMany(row => neighbours.Of(row).ToArray())];
}
