namespace ModalityGap.Lab.Models.Published;

/// <summary>The law that the starting values of a tensor are drawn from.</summary>
/// <param name="Kind">Normal, uniform or constant.</param>
/// <param name="Scale">The standard deviation, the bound on either side of 0, or the value.</param>
internal readonly record struct StartingLaw(StartingLawKind Kind, double Scale)
{
    public static StartingLaw Normal(double deviation) => new(StartingLawKind.Normal, deviation);

    public static StartingLaw Constant(double value) => new(StartingLawKind.Constant, value);

    /// <summary>PyTorch's own for layers and convolutions, weights and biases: uniform within 1/√inputs.</summary>
    public static StartingLaw Usual(double inputs) => new(StartingLawKind.Uniform, 1 / Math.Sqrt(inputs));

    /// <summary>Uniform within √(6/(inputs + outputs)) (Glorot and Bengio, AISTATS 2010).</summary>
    public static StartingLaw Glorot(double inputs, double outputs) => new(StartingLawKind.Uniform, Math.Sqrt(6 / (inputs + outputs)));
}

/// <summary>Kinds of <see cref="StartingLaw"/>.</summary>
internal enum StartingLawKind
{
    Normal,
    Uniform,
    Constant,
}
