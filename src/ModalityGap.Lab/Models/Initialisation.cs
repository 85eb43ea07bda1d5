using ModalityGap.Statistics;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models;

/// <summary>
/// Starting weights from the project's own random numbers, so that a seed means the same model on every machine and with every version of
/// libtorch. Each parameter has a stream named after it: another tower does not change this one's weights.
/// </summary>
internal static class Initialisation
{
    /// <summary>Standard deviation of word vectors and places, as in CLIP.</summary>
    private const double VectorDeviation = 0.02;

    /// <summary>
    /// Matrices and convolutions: N(0, 2/inputs) before a ReLU (He et al., 2015), which is taken everywhere; word vectors and places
    /// N(0, 0.02²); biases 0; what normalises starts as the identity.
    /// </summary>
    public static void Initialise(Module model, RandomStream random)
    {
        using (no_grad())
            foreach ((string name, TorchSharp.Modules.Parameter parameter) in model.named_parameters())
            {
                if (name.EndsWith("bias", StringComparison.Ordinal))
                    parameter.zero_();
                if (parameter.dim() < 2)
                    continue;
                double deviation = name.EndsWith("vectors.weight", StringComparison.Ordinal) || name.EndsWith("places", StringComparison.Ordinal)
                    ? VectorDeviation
                    : Math.Sqrt(2.0 / parameter.shape[1..].Aggregate(1L, (product, length) => product * length));
                using Tensor values = tensor(Normal(random.Fork(name), parameter.numel(), deviation), parameter.shape);
                parameter.copy_(values);
            }
    }

    private static float[] Normal(RandomStream random, long count, double deviation)
    {
        var values = new float[count];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(deviation * random.NextNearlyNormal());
        return values;
    }
}
