namespace ModalityGap.Report.Experiments;

/// <summary>The figures of experiments as SVG files: the same drawings that the page shows.</summary>
public static class ExperimentFigures
{
    /// <summary>Draws a chart.</summary>
    /// <param name="chart">The chart.</param>
    public static ReportFigure Draw(Chart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return ChartFigure.Of(chart).ToReportFigure();
    }
}
