using ModalityGap.Projections;

namespace ModalityGap.Tests.Projections;

public sealed class LayoutCurveTests
{
    // umap-learn 0.5.3: umap.umap_.find_ab_params(spread, min_dist)
    [Theory]
    [InlineData(0.1, 1, 1.5769434601962196, 0.8950608779914887)]
    [InlineData(0.5, 1, 0.583030020479462, 1.3341669929263487)]
    [InlineData(0.1, 2, 0.5446605403757238, 0.8420554264219823)]
    [InlineData(0, 1, 1.9328083975546724, 0.7904949734010681)]
    public void Fit_IsUmapLearns(double minimumDistance, double spread, double a, double b)
    {
        LayoutCurve curve = LayoutCurve.Fit(minimumDistance, spread);
        new Tolerance(1e-6, 0).Check(a, curve.A, "a");
        new Tolerance(1e-6, 0).Check(b, curve.B, "b");
    }
}
