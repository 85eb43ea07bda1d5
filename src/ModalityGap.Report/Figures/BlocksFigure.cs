using ModalityGap.Explanations;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Figures;

/// <summary>All cosines among a few pairs, as a matrix of four blocks.</summary>
internal sealed class BlocksFigure
{
    private const int Levels = 12;

    private const double Width = 540, Left = 26, Top = 26, Side = 350, Key = 420;

    private readonly PairResult pair;
    private readonly PairNames names;
    private readonly SimilarityBlocks blocks;
    private readonly int side;
    private readonly double low, high;

    private BlocksFigure(PairResult pair, SimilarityBlocks blocks)
    {
        this.pair = pair;
        this.blocks = blocks;
        names = new PairNames(pair);
        side = 2 * blocks.Pairs.Count;
        double[] others = [.. Enumerable.Range(0, side * side).Where(k => k / side != k % side).Select(k => blocks.Cosines[k]).Order()];
        (low, high) = (others[others.Length / 100], others[others.Length - 1 - others.Length / 100]);
        if (high - low < 1e-9)
            (low, high) = (low - 0.5, high + 0.5);
    }

    /// <summary>The figure, or <c>null</c> where no pairs were drawn.</summary>
    public static Figure? Of(PairResult pair) => pair.Blocks is { Pairs.Count: > 1 } blocks ? new BlocksFigure(pair, blocks).Compose() : null;

    private Figure Compose() => new()
    {
        Name = "blocks",
        Title = Title(),
        Caption = $"The cosine of every two rows among {Words.Counted(blocks.Pairs.Count, "random pair")}. The stronger the colour, the closer the rows; the short diagonals hold the matched pairs.",
        Measure = "cosine-mean",
        Drawing = Draw(),
        Data = new DataTable(
            ["Row", .. Enumerable.Range(0, side).Select(RowName)],
            [.. Enumerable.Range(0, side).Select(i => (IReadOnlyList<string>)[
                RowName(i), .. Enumerable.Range(0, side).Select(j => Numbers.Three(blocks.Cosines[i * side + j]))])]),
    };

    private string Title()
    {
        double across = Mean(0, side / 2, matched: false), first = Mean(0, 0), second = Mean(side / 2, side / 2);
        return across < Math.Min(first, second)
            ? $"Two blocks, not one: rows of a kind are alike ({Numbers.Two(first)} and {Numbers.Two(second)} on average), rows of different kinds are not ({Numbers.Two(across)})"
            : $"Rows of different kinds are as alike ({Numbers.Two(across)} on average) as rows of a kind ({Numbers.Two(first)} and {Numbers.Two(second)})";
    }

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        double cell = Math.Floor(Side / side), edge = cell * side, half = edge / 2;
        for (int level = 0; level < Levels; level++)
            svg.Path(Squares(level, cell), $"heat h{level}");
        svg.Line(Left, Top + half, Left + edge, Top + half, "split");
        svg.Line(Left + half, Top, Left + half, Top + edge, "split");
        svg.Label(Left + half / 2, Top - 8, Words.Short(pair.First), "label middle");
        svg.Label(Left + 1.5 * half, Top - 8, Words.Short(pair.Second), "label middle");
        Sideways(svg, Words.Short(pair.First), Top + half / 2);
        Sideways(svg, Words.Short(pair.Second), Top + 1.5 * half);
        DrawKey(svg, Math.Min(Key, Left + edge + 20));
        return svg.ToDrawing(Width, Top + edge + 12);
    }

    // Neighbours in a row that look alike are one box.
    private PathData Squares(int level, double cell)
    {
        var path = new PathData();
        for (int i = 0; i < side; i++)
            for (int j = 0; j < side; j++)
            {
                int end = j;
                while (end < side && LevelOf(i, end) == level)
                    end++;
                if (end > j)
                    path.Box(Left + j * cell, Top + i * cell, (end - j) * cell, cell);
                j = Math.Max(j, end - 1);
            }
        return path;
    }

    private int LevelOf(int i, int j) => Math.Clamp((int)((blocks.Cosines[i * side + j] - low) / (high - low) * Levels), 0, Levels - 1);

    private static void Sideways(SvgWriter svg, string text, double y)
    {
        using (svg.Group(transform: FormattableString.Invariant($"translate(16 {y:0.##}) rotate(-90)")))
            svg.Label(0, 0, text, "label middle");
    }

    private void DrawKey(SvgWriter svg, double left)
    {
        const double step = 13;
        svg.Label(left, Top + 4, "cosine", "heading");
        for (int level = 0; level < Levels; level++)
            svg.Path(new PathData().Box(left, Top + 14 + (Levels - 1 - level) * step, 16, step), $"heat h{level}");
        svg.Label(left + 22, Top + 24, "≥ " + Numbers.Two(high), "tick");
        svg.Label(left + 22, Top + 14 + Levels * step, "≤ " + Numbers.Two(low), "tick");
        double y = Top + 14 + Levels * step + 34;
        int half = side / 2;
        foreach ((string name, double mean) in ((string, double)[])
        [
            ($"{names.First}, within", Mean(0, 0)),
            ($"{names.Second}, within", Mean(half, half)),
            ("matched", Enumerable.Range(0, half).Average(k => blocks.Cosines[k * side + half + k])),
            ("unmatched", Mean(0, half, matched: false)),
        ])
        {
            svg.Label(left, y, Words.Short(name, 15), "label");
            svg.Label(left, y + 15, Numbers.Two(mean), "heading");
            y += 36;
        }
    }

    // The mean of a block without the cosines of a row with itself, or with its partner.
    private double Mean(int top, int left, bool matched = false)
    {
        int half = side / 2;
        return Enumerable.Range(0, half * half).Where(k => matched || k / half != k % half)
            .Average(k => blocks.Cosines[(top + k / half) * side + left + k % half]);
    }

    private string RowName(int row)
    {
        int half = side / 2;
        return $"{(row < half ? pair.First : pair.Second)} {blocks.Pairs[row % half]}";
    }
}
