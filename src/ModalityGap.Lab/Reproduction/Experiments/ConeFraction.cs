using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>Section 2.1: which share of the sphere a cone of average cosine 0.56 takes, exactly, beside the three printed numbers.</summary>
internal sealed class ConeFraction : IExperiment
{
    private const string Exact = "exact: regularised incomplete beta function";

    private static readonly double Angle = Math.Acos(0.56);

    private static readonly double[] AverageCosines = [0.56, 0.47, 0.51];

    private static readonly int[] Spaces = [2, 3, 512];

    /// <summary>What "a cone of cosine c" can mean, as half of its opening.</summary>
    private static readonly (string Name, Func<double, double> HalfAngle)[] Readings =
    [
        ("half the angle between two rows (the printed formula)", cosine => Math.Acos(cosine) / 2),
        ("the angle between two rows", Math.Acos),
        ("the angle to the mean, arccos √c", cosine => Math.Acos(Math.Sqrt(cosine))),
    ];

    public string Id => "section-2.1";

    public string Title => "Section 2.1: the share of the sphere that a cone takes";

    public IReadOnlyList<Setting> Settings(Effort effort) => [new("average cosines", "0.56, 0.47, 0.51"), new("dimensions", "2, 3, 512")];

    public double Minutes(Effort effort) => 0.01;

    public Findings Run(ExperimentContext context)
    {
        double half = SphericalCap.Share(3, Angle / 2), whole = SphericalCap.Share(3, Angle);
        double logHalf = SphericalCap.LogTwoShare(512, Angle / 2), logWhole = SphericalCap.LogTwoShare(512, Angle),
            logMean = SphericalCap.LogTwoShare(512, Math.Acos(Math.Sqrt(0.56)));
        return new Findings
        {
            Outcomes =
            [
                new("section-2.1-circle", ClaimStatus.Reproduced,
                    "The share of the circle that an arc of 55.94° takes in all, 27.97° to either side; 55.94/360 rounds to 15.54 %, the printed digit is cut.",
                    Number("angle in degrees", Angle * 180 / Math.PI),
                    Number("share of the circle", SphericalCap.Share(2, Angle / 2))),
                new("section-2.1-sphere", ClaimStatus.Differs,
                    "The paper's own formula, 2πr²(1 - cos(55.94°/2))/4πr², is 5.84 %; a cap with half-angle 55.94° would take 22 %, one around the "
                        + "mean direction (41.6°) 12.6 %. No reading gives "
                    + "3.34 %: the printed number is wrong.",
                    Number("share of the sphere in three dimensions", half),
                    Number("the same with half-angle 55.94°", whole)),
                new("section-2.1-high-dimensions", ClaimStatus.Differs,
                    "True of the cap that the paper has in mind, of half-angle 27.97°. But no cap of that half-angle holds rows whose average cosine "
                        + "is 0.56: their angle to the mean direction is about "
                    + "arccos √0.56 = 41.6°, and a cap of that half-angle takes 2^-308: more, though still next to nothing. The text takes too small a cap.",
                    Number("log2 of the share in 512 dimensions", logHalf),
                    Number("log2 with half-angle 55.94°", logWhole),
                    Number("log2 with half-angle 41.6°, around the mean", logMean)),
            ],
            Tables = [Table()],
            Charts = [Figure()],
        };
    }

    private static OwnNumber Number(string name, double value) => new(name, Estimate.Exact(value, Exact, 1));

    private static ResultTable Table() => new(
        "shares", "Shares of the sphere", ["average cosine", "cone", "half-angle in degrees", "dimensions", "share", "log2 of the share"],
        [
            .. from cosine in AverageCosines
               from reading in Readings
               from dimensions in Spaces
               let angle = reading.HalfAngle(cosine)
               select (IReadOnlyList<string>)[
                   Cells.Of(cosine), reading.Name, Cells.Of(angle * 180 / Math.PI), Cells.Of(dimensions), Cells.Of(SphericalCap.Share(dimensions, angle)),
                   Cells.Of(SphericalCap.LogTwoShare(dimensions, angle))],
        ]);

    private static Chart Figure()
    {
        double[] dimensions = [2, 3, 4, 8, 16, 32, 64, 128, 256, 512];
        return new Chart
        {
            Name = "share-by-dimension",
            Title = "A cone of cosine 0.56 holds a share of the sphere that shrinks geometrically with its dimension",
            Caption = "Three readings of the cone; the printed 2⁻⁵¹² is dotted. The second and third are the caps that can hold such rows.",
            Panels =
            [
                new ChartPanel
                {
                    Heading = "log₂ of the share",
                    Across = "dimensions",
                    LogAcross = true,
                    Levels = [-512],
                    Series =
                    [
                        .. Readings.Select(reading => ChartSeries.Of(
                            reading.Name, SeriesKind.Line, dimensions, dimensions.Select(d => SphericalCap.LogTwoShare((int)d, reading.HalfAngle(0.56))))),
                    ],
                },
            ],
        };
    }
}
