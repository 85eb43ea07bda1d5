using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>Whether the two modalities agree about which items are neighbours.</summary>
internal sealed class MutualNeighbours : IMeasure
{
    private const int K = PairEvidence.Neighbours;

    public IReadOnlyList<MeasureInfo> Infos { get; } =
    [
        new MeasureInfo
        {
            Id = "mutual-neighbours",
            Name = "Mutual nearest neighbours (mutual kNN)",
            Definition = "How many of an item's ten nearest items in one modality are also among its ten nearest in the other.",
            Formula = "(1/N) Σ |N_x(i) ∩ N_y(i)| / 10, N_x(i) the 10 nearest items of i by x_i·x_j, i left out",
            Range = "[0, 1]",
            Direction = Direction.HigherIsBetter,
            Reading = "By chance 10/(N - 1), so compare at equal N. It does not see the gap: only whether both modalities order the items alike. "
                + "Items with equal cosines are taken by their index.",
            Reference = "Huh et al., The Platonic Representation Hypothesis, ICML 2024",
        },
    ];

    public IEnumerable<Measurement> Compute(PairEvidence evidence)
    {
        int n = evidence.Count;
        if (n <= K + 1)
        {
            yield return Measurement.Without("mutual-neighbours", null, $"With {n} items all others are among the {K} nearest.");
            yield break;
        }
        var overlap = new double[n];
        for (int i = 0; i < n; i++)
        {
            HashSet<int> first = [.. evidence.WithinFirst.Nearest(i).Select(entry => entry.Index)];
            overlap[i] = evidence.WithinSecond.Nearest(i).Count(entry => first.Contains(entry.Index)) / (double)K;
        }
        yield return Measurement.Of("mutual-neighbours", null, Bootstrap.Means([overlap], evidence.Random.Fork("mutual-neighbours"))[0]);
    }
}
