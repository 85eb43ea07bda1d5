namespace ModalityGap.Lab.Training;

/// <summary>The learning rate of each step: a straight line up, then half a cosine down to 0 (Loshchilov and Hutter, ICLR 2017).</summary>
internal static class LearningRate
{
    /// <param name="options">The largest rate and the share of the warm-up.</param>
    /// <param name="step">From 0.</param>
    /// <param name="steps">Steps of the whole run.</param>
    public static double At(TrainingOptions options, long step, long steps)
    {
        double warm = options.WarmUp * steps;
        return step < warm
            ? options.LearningRate * (step + 1) / (warm + 1)
            : options.LearningRate * (1 + Math.Cos(Math.PI * (step - warm) / Math.Max(1, steps - warm))) / 2;
    }
}
