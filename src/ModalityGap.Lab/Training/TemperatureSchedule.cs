namespace ModalityGap.Lab.Training;

/// <summary>A temperature that is neither fixed nor learned but follows the steps: τ_t = τ_0 (τ_1/τ_0)^(t/(T - 1)), a straight line in ln τ.</summary>
internal static class TemperatureSchedule
{
    /// <param name="first">τ_0, at the first step.</param>
    /// <param name="last">τ_1, at the last step.</param>
    /// <param name="step">t, from 0.</param>
    /// <param name="steps">T, of the whole run.</param>
    public static double At(double first, double last, long step, long steps) =>
        first * Math.Pow(last / first, steps < 2 ? 1 : (double)step / (steps - 1));
}
