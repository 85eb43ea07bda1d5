namespace ModalityGap.Corrections;

/// <summary>How much of the identity is added to a covariance, as a multiple of its mean eigenvalue.</summary>
internal static class Ridge
{
    public static double Checked(double ridge) =>
        double.IsFinite(ridge) && ridge >= 0
            ? ridge
            : throw new ArgumentOutOfRangeException(nameof(ridge), ridge, "A ridge is a multiple of the mean eigenvalue, 0 or above.");

    public static CorrectionParameter Described(string standard) =>
        new("ridge", standard, "How much of the identity is added to a covariance, in mean eigenvalues: large values trust the covariance less.");
}
