using ModalityGap.Statistics;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Models.Published;

/// <summary>The paper's random inputs: pixels N(0, 1) each, tokens uniform over the vocabulary.</summary>
public static class NoiseInputs
{
    /// <summary>n x 3 x side x side.</summary>
    /// <param name="random">The stream; one for each batch.</param>
    /// <param name="count">n.</param>
    /// <param name="side">Height and width.</param>
    public static Tensor Pictures(RandomStream random, int count, int side = 224)
    {
        ArgumentNullException.ThrowIfNull(random);
        return tensor(StartingValues.Values(random.Fork("pixels"), 3L * count * side * side, StartingLaw.Normal(1)), [count, 3, side, side]);
    }

    /// <summary>n x length.</summary>
    /// <param name="random">The stream; one for each batch.</param>
    /// <param name="count">n.</param>
    /// <param name="length">Tokens of a text.</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    public static Tensor Tokens(RandomStream random, int count, int length = 77, int vocabulary = 49408)
    {
        ArgumentNullException.ThrowIfNull(random);
        RandomStream own = random.Fork("tokens");
        var numbers = new long[count * length];
        foreach (ref long number in numbers.AsSpan())
            number = own.NextIndex(vocabulary);
        return tensor(numbers, [count, length]);
    }
}
