using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Theorem 1: how often a random ReLU layer brings two rows nearer to each other, by width, norm ratio and starting cosine; Lemma 3; the rate of
/// failure over width.
/// </summary>
internal sealed class CosineGrowth : IExperiment
{
    private static readonly double[] Ratios = [1, 1.5, 2, 4], Cosines = [-0.5, 0, 0.3, 0.5, 0.7, 0.78, 0.9, 0.97], Norms = [1, 10];

    public string Id => "theorem-1";

    public string Title => "Theorem 1: a layer of a random network brings rows nearer to each other";

    private sealed record Sizes(int[] Widths, int MostDraws, int MostUnits)
    {
        public static Sizes Of(Effort effort) => effort == Effort.Full
            ? new([8, 32, 128, 512, 2048, 8192], 10_000, 20_000_000)
            : new([8, 64, 512], 1000, 300_000);

        public int Draws(int width) => Math.Min(MostDraws, MostUnits / width);
    }

    /// <summary>What was counted at one width for one pair of rows.</summary>
    private sealed record Cell(TwoRows Rows, int Width, long Draws, double[] Sums)
    {
        public Estimate Growth => Estimate.Share(Sums[0] / Draws, Draws, "draws of a layer");

        public double Failures => 1 - Sums[0] / Draws;

        public double MeanCosine => Sums[1] / Draws;
    }

    public IReadOnlyList<Setting> Settings(Effort effort)
    {
        Sizes sizes = Sizes.Of(effort);
        return
        [
            new("widths", string.Join(", ", sizes.Widths)),
            new("draws", string.Join(", ", sizes.Widths.Select(width => Cells.Of(sizes.Draws(width))))),
            new("norm ratios r", string.Join(", ", Ratios.Select(Cells.Of))),
            new("starting cosines", string.Join(", ", Cosines.Select(Cells.Of))),
            new("norms of v", string.Join(", ", Norms.Select(Cells.Of))),
        ];
    }

    public double Minutes(Effort effort) => effort == Effort.Full ? 3 : 0.05;

    public Findings Run(ExperimentContext context)
    {
        Sizes sizes = Sizes.Of(context.Effort);
        TwoRows[] pairs = [.. from norm in Norms from ratio in Ratios from cosine in Cosines select new TwoRows(ratio, cosine, norm)];
        double all = sizes.Widths.Sum(width => (double)width * sizes.Draws(width)), before = 0;
        List<Cell> cells = [];
        foreach (int width in sizes.Widths)
        {
            double[][] sums = context.Part($"width-{width}", before / all, () => Count(pairs, width, sizes.Draws(width), context));
            cells.AddRange(pairs.Select((rows, k) => new Cell(rows, width, sizes.Draws(width), sums[k])));
            before += (double)width * sizes.Draws(width);
        }
        return new Findings
        {
            Outcomes = [Theorem(cells, sizes), Rate(cells, sizes), Bound(pairs), Lemma(cells, sizes), Chebyshev(cells, sizes), Constants(context, sizes)],
            Tables = [Table(cells)],
            Charts = [ByWidth(cells, sizes), OfInfiniteWidth()],
            Notes =
            [
                "The condition cos(u, v) < 2r/(1 + r²) is sufficient, not necessary: it is where the proof's bound meets the starting cosine as the "
                    + "norms grow. For ‖v‖ = 1 the shared bias "
                + "brings rows nearer far beyond it.",
                "A failure is a draw in which the cosine does not grow; with few units a row may be dead, which counts as a cosine of 0.",
            ],
        };
    }

    // Sums over draws: grown, cosine, product before and after the ReLU with their squares, T and its square, and whether |T - 1| is half or more.
    private static double[][] Count(TwoRows[] pairs, int width, int draws, ExperimentContext context)
    {
        var sums = new double[pairs.Length][];
        context.Work.ForEach(pairs.Length, k =>
        {
            var normal = new NormalDraws(context.Random.Fork($"width {width}", k));
            var sum = new double[9];
            double square = Math.Pow(pairs[k].Ratio * pairs[k].Norm, 2);
            for (int i = 0; i < draws; i++)
            {
                LayerDraw draw = pairs[k].Draw(width, normal);
                // (1/d) Σ 2 φ(√d (Wu + b)_k)²/(1 + ‖u‖²) = 2 ‖φ(Wu + b)‖²/(1 + ‖u‖²).
                double t = 2 * draw.SquaredU / (1 + square);
                sum[0] += draw.Cosine > pairs[k].Cosine ? 1 : 0;
                sum[1] += draw.Cosine;
                sum[2] += draw.Before;
                sum[3] += draw.Before * draw.Before;
                sum[4] += 2 * draw.After;
                sum[5] += 4 * draw.After * draw.After;
                sum[6] += t;
                sum[7] += t * t;
                sum[8] += Math.Abs(t - 1) >= 0.5 ? 1 : 0;
            }
            sums[k] = sum;
        });
        return sums;
    }

    private static Outcome Theorem(List<Cell> cells, Sizes sizes)
    {
        Cell[] widest = [.. cells.Where(cell => cell.Width == sizes.Widths[^1])], meeting = [.. widest.Where(cell => cell.Rows.MeetsCondition)];
        Cell worst = meeting.MinBy(cell => cell.Growth.Value)!;
        Cell[] shrinking = [.. widest.Where(cell => !cell.Rows.MeetsCondition && cell.Rows.InfiniteWidth < cell.Rows.Cosine)];
        Cell[] beyond = [.. widest.Where(cell => !cell.Rows.MeetsCondition && cell.Rows.InfiniteWidth > cell.Rows.Cosine)];
        return new Outcome(
            "theorem-1",
            meeting.All(cell => cell.Rows.InfiniteWidth > cell.Rows.Cosine && Rises(cells, cell)) ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            $"Over all {meeting.Length} pairs of rows that meet the condition the exact infinite-width cosine is above the start; the slowest is r = "
                + $"{Cells.Of(worst.Rows.Ratio)}, cos = {Cells.Of(worst.Rows.Cosine)}, "
            + $"‖v‖ = {Cells.Of(worst.Rows.Norm)}. Of the {shrinking.Length + beyond.Length} pairs that do not meet it, {beyond.Length} grow all the same "
            + $"and {shrinking.Length} shrink.",
            new OwnNumber($"least probability of growth at width {sizes.Widths[^1]}, condition met", worst.Growth),
            new OwnNumber("most, where the infinite-width cosine falls", shrinking.MaxBy(cell => cell.Growth.Value)!.Growth),
            new OwnNumber("least, condition not met but the infinite-width cosine rises", beyond.MinBy(cell => cell.Growth.Value)!.Growth));
    }

    // At any width the theorem leaves room for failures; that they die out is what can be seen.
    private static bool Rises(List<Cell> cells, Cell widest)
    {
        Cell narrowest = cells.First(cell => cell.Rows == widest.Rows);
        return widest.Growth.High >= 0.999 || widest.Growth.Low > narrowest.Growth.High;
    }

    // The failure rate against width on logarithmic axes, where it can be seen at all: least squares over the pair that fails most often.
    private static Outcome Rate(List<Cell> cells, Sizes sizes)
    {
        IGrouping<TwoRows, Cell>[] seen =
        [
            .. cells.Where(cell => cell.Rows.MeetsCondition).GroupBy(cell => cell.Rows)
                .Where(group => group.All(cell => cell.Failures < 0.45) && group.Count(cell => cell.Failures * cell.Draws >= 5) >= 2),
        ];
        (double Slope, TwoRows Rows)[] slopes = [.. seen.Select(group => (Slope([.. group.Where(cell => cell.Failures * cell.Draws >= 5)]), group.Key))];
        (double Slope, TwoRows Rows)[] ordered = [.. slopes.OrderBy(one => one.Slope)];
        int bounded = cells.Where(cell => cell.Rows.MeetsCondition).GroupBy(cell => cell.Rows)
            .Count(group => group.First(cell => cell.Width == sizes.Widths[^1]) is var last && last.Failures * last.Width <= group
                .Where(cell => cell != last).Max(cell => cell.Failures * cell.Width));
        int all = cells.Where(cell => cell.Rows.MeetsCondition).Select(cell => cell.Rows).Distinct().Count();
        return new Outcome(
            "theorem-1-rate",
            bounded == all ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            "O(1/d) asks for a slope of -1 or steeper in the long run. The failure rate falls like the tail of a normal distribution, exponentially in "
                + "d, once d is large against the squared margin; near the "
            + "condition's edge the margin is small and the fall begins late (slopes over the widths where failures are seen). Width times failure rate "
            + $"is past its peak for {bounded} of {all} pairs of rows.",
            new OwnNumber("steepest slope of ln(failures) over ln(width)",
                Estimate.Exact(ordered[0].Slope, "least squares over widths with five failures or more", seen.Length)),
            new OwnNumber("median slope",
                Estimate.Exact(ordered[ordered.Length / 2].Slope, "least squares over widths with five failures or more", seen.Length)),
            new OwnNumber("flattest slope", Estimate.Exact(ordered[^1].Slope, "least squares over widths with five failures or more", seen.Length)));
    }

    private static double Slope(Cell[] cells)
    {
        double[] x = [.. cells.Select(cell => Math.Log(cell.Width))], y = [.. cells.Select(cell => Math.Log(cell.Failures))];
        double meanX = x.Average(), meanY = y.Average();
        return x.Zip(y).Sum(point => (point.First - meanX) * (point.Second - meanY)) / x.Sum(value => (value - meanX) * (value - meanX));
    }

    private static Outcome Bound(TwoRows[] pairs)
    {
        int met = pairs.Count(rows => rows.MeetsCondition), above = pairs.Count(rows => rows.MeetsCondition && rows.Correlation > rows.Cosine);
        int also = pairs.Count(rows => !rows.MeetsCondition && rows.Correlation > rows.Cosine);
        return new Outcome(
            "theorem-1-bound",
            met == above ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            $"Squaring gives 1 - c² + ‖v‖² c (2r - c(1 + r²)) > 0, which the condition implies for every norm. It is not equivalent: {also} of "
                + $"{pairs.Length - met} pairs of rows beyond the condition satisfy it too.",
            new OwnNumber("pairs of rows with the condition and the bound above the cosine", Estimate.Exact(above, $"of {met}", met)));
    }

    private static Outcome Lemma(List<Cell> cells, Sizes sizes)
    {
        Cell[] widest = [.. cells.Where(cell => cell.Width == sizes.Widths[^1])];
        double largest = widest.Max(cell => Math.Abs(Score(cell, 2, 1 + cell.Rows.Product))), ofAfter = widest
            .Max(cell => Math.Abs(Score(cell, 4, cell.Rows.TwiceExpectedProduct)));
        bool ordered = widest.All(cell => cell.Rows.TwiceExpectedProduct >= 1 + cell.Rows.Product - 1e-9);
        // Of so many scores the largest of a normal sample stays below four almost always.
        return new Outcome(
            "lemma-3",
            ordered && largest < 4.5 && ofAfter < 4.5 ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            "The first inequality is an equality: E (Wu + b)·(Wv + b) = 1 + u·v. The second follows from κ₁(ρ) ≥ ρ, with equality at ρ = 1 only.",
            new OwnNumber("largest standardised difference of the mean product before the ReLU from 1 + u·v",
                Estimate.Exact(largest, $"largest of {widest.Length} z-scores", widest[0].Draws)),
            new OwnNumber("of twice the mean product after it from its closed form",
                Estimate.Exact(ofAfter, $"largest of {widest.Length} z-scores", widest[0].Draws)));

        static double Score(Cell cell, int index, double expected)
        {
            double mean = cell.Sums[index] / cell.Draws, variance = cell.Sums[index + 1] / cell.Draws - mean * mean;
            return (mean - expected) / Math.Sqrt(variance / cell.Draws);
        }
    }

    private static Outcome Chebyshev(List<Cell> cells, Sizes sizes)
    {
        double variance = cells.Average(cell => cell.Width * (cell.Sums[7] / cell.Draws - Math.Pow(cell.Sums[6] / cell.Draws, 2)));
        Cell worst = cells.MaxBy(cell => cell.Sums[8] / cell.Draws / (12 / (cell.Width * 0.25)))!;
        double share = worst.Sums[8] / worst.Draws, bound = 12 / (worst.Width * 0.25);
        return new Outcome(
            "theorem-1-chebyshev",
            share <= bound && Math.Abs(variance - 5) < 0.5 ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            $"T_k = 2φ(z)² has variance 4·3/2 - 1 = 5 exactly, below 12. The bound is loosest where it matters: at width {sizes.Widths[^1]} deviations "
                + "of one half are hardly seen.",
            new OwnNumber("variance of T_k", Estimate.Exact(variance, "mean over all pairs of rows and widths", cells.Count)),
            new OwnNumber("largest share of P(|mean T - 1| ≥ ½) in its bound 48/d", Estimate.Exact(share / bound, $"at width {worst.Width}", worst.Draws)));
    }

    private static Outcome Constants(ExperimentContext context, Sizes sizes)
    {
        double[][] moments = context.Part("constants", 1, () =>
        {
            var normal = new NormalDraws(context.Random.Fork("constants"));
            int count = 200 * sizes.MostDraws;
            double sum = 0, squares = 0, fourth = 0;
            for (int i = 0; i < count; i++)
            {
                double value = Math.Max(0, normal.Next());
                sum += value;
                squares += value * value;
                fourth += value * value * value * value;
            }
            return [[sum / count, squares / count, fourth / count, count]];
        });
        (double mean, double square, double fourth, double draws) = (moments[0][0], moments[0][1], moments[0][2], moments[0][3]);
        Estimate ofSquare = Estimate.Normal(square, Math.Sqrt((fourth - square * square) / draws), "normal interval over draws", (long)draws);
        double variance = square - mean * mean;
        return new Outcome(
            "theorem-2-constants",
            ofSquare.Low <= 0.5 && ofSquare.High >= 0.5 && Math.Abs(variance - (Math.PI - 1) / (2 * Math.PI)) < 5 * Math.Sqrt(fourth / draws)
                ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            "E φ(Z)² is half of E Z²; the mean of φ(Z) is 1/√(2π), so its variance is ½ - 1/(2π) = (π - 1)/(2π).",
            new OwnNumber("E φ(Z)²", ofSquare),
            new OwnNumber("Var φ(Z)", Estimate.Exact(variance, "from draws", (long)draws)));
    }

    private static ResultTable Table(List<Cell> cells) => new(
        "growth", "Probability that the cosine grows",
        ["norm of v", "r", "cosine", "condition met", "bound", "infinite width", "width", "probability", "low", "high", "mean cosine after"],
        [
            .. cells.Select(cell => (IReadOnlyList<string>)[
                Cells.Of(cell.Rows.Norm), Cells.Of(cell.Rows.Ratio), Cells.Of(cell.Rows.Cosine), cell.Rows.MeetsCondition ? "yes" : "no",
                    Cells.Of(cell.Rows.Correlation),
                Cells.Of(cell.Rows.InfiniteWidth), Cells.Of(cell.Width), Cells.Of(cell.Growth.Value), Cells.Of(cell.Growth.Low!.Value),
                    Cells.Of(cell.Growth.High!.Value),
                Cells.Of(cell.MeanCosine)]),
        ]);

    private static Chart ByWidth(List<Cell> cells, Sizes sizes)
    {
        double[] widths = [.. sizes.Widths.Select(width => (double)width)];
        (TwoRows Rows, string Name)[] drawn =
        [
            .. new[] { (1.0, 0.7), (1.0, 0.97), (2.0, 0.7), (2.0, 0.78), (4.0, 0.3), (4.0, 0.9) }
                .Select(one => (new TwoRows(one.Item1, one.Item2, 10), $"r = {Cells.Of(one.Item1)}, cos {Cells.Of(one.Item2)}")),
        ];
        return new Chart
        {
            Name = "growth-by-width",
            Title = "Where the condition holds, failures die out far faster than 1/d",
            Caption = "‖v‖ = 10. Left: probability that the cosine grows. Right: how often it fails, with 1/d dashed. For r = 4 and cos 0.9 the "
                + "condition does not hold, and the cosine falls.",
            Panels =
            [
                new ChartPanel
                {
                    Heading = "probability of growth",
                    Across = "width d",
                    LogAcross = true,
                    Series = [.. drawn.Select(one => ChartSeries.Of(one.Name, SeriesKind.Line, widths, Of(one.Rows).Select(cell => cell.Growth.Value)))],
                },
                new ChartPanel
                {
                    Heading = "probability of failure",
                    Across = "width d",
                    LogAcross = true,
                    LogUp = true,
                    Series =
                    [
                        .. drawn.Where(one => one.Rows.MeetsCondition)
                            .Select(one => ChartSeries.Of(one.Name, SeriesKind.Line, widths, Of(one.Rows).Select(cell => cell.Failures))),
                        ChartSeries.Of("1/d", SeriesKind.Dashed, widths, widths.Select(width => 1 / width)),
                    ],
                },
            ],
        };

        IEnumerable<Cell> Of(TwoRows rows) => cells.Where(cell => cell.Rows == rows).OrderBy(cell => cell.Width);
    }

    private static Chart OfInfiniteWidth()
    {
        double[] cosines = [.. Enumerable.Range(-9, 19).Select(k => k / 10.0 + (k == 9 ? 0.09 : 0))];
        return new Chart
        {
            Name = "infinite-width",
            Title = "The bound of the proof is loose: the exact cosine lies well above it",
            Caption = "Cosine after one layer of infinite width against the cosine before it, for ‖v‖ = 1 and 10; the proof's bound and the diagonal "
                + "(no change) beside it.",
            Panels =
            [
                .. Norms.Select(norm => new ChartPanel
                {
                    Heading = $"cosine after, ‖v‖ = {Cells.Of(norm)}",
                    Across = "cosine before",
                    Series =
                    [
                        .. Ratios.Where(ratio => ratio is 1 or 2 or 4).SelectMany(ratio => new[]
                        {
                            ChartSeries.Of($"exact, r = {Cells.Of(ratio)}", SeriesKind.Line, cosines, cosines
                                .Select(c => new TwoRows(ratio, c, norm).InfiniteWidth)),
                        }),
                        ChartSeries.Of("bound, r = 2", SeriesKind.Dashed, cosines, cosines.Select(c => new TwoRows(2, c, norm).Correlation)),
                        ChartSeries.Of("no change", SeriesKind.Dashed, cosines, cosines),
                    ],
                }),
            ],
        };
    }
}
