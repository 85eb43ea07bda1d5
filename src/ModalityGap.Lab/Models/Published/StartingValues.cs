using ModalityGap.Statistics;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models.Published;

/// <summary>
/// Draws starting weights from the project's own random numbers (twelve uniforms less six stand for a normal value), so that a seed is the same model on every machine and with
/// every version of libtorch. Each parameter, and in it each block of values, has a stream of its own: neither threads nor another tower change a bit.
/// </summary>
internal static class StartingValues
{
    private const int Block = 1 << 16;

    /// <param name="model">What gets the values.</param>
    /// <param name="random">The stream; forked by the parameters' names.</param>
    /// <param name="law">The law of each parameter, by its name.</param>
    /// <param name="prefix">What to put before each name, where the model is a part of a larger one.</param>
    public static void Draw(Module model, RandomStream random, Func<string, Parameter, StartingLaw> law, string prefix = "")
    {
        using (no_grad())
            foreach ((string name, Parameter parameter) in model.named_parameters())
            {
                StartingLaw drawn = law(prefix + name, parameter);
                if (drawn.Kind == StartingLawKind.Constant)
                {
                    parameter.fill_(drawn.Scale);
                    continue;
                }
                using Tensor values = tensor(Values(random.Fork(prefix + name), parameter.numel(), drawn), parameter.shape);
                parameter.copy_(values);
            }
    }

    /// <summary>Values of a law; the same for any number of threads.</summary>
    public static float[] Values(RandomStream random, long count, StartingLaw law)
    {
        var values = new float[count];
        Parallel.For(0, (values.Length + Block - 1) / Block, block =>
        {
            RandomStream own = random.Fork("block", block);
            foreach (ref float value in values.AsSpan(block * Block, Math.Min(Block, values.Length - block * Block)))
                value = (float)(law.Scale * (law.Kind == StartingLawKind.Normal ? own.NextNearlyNormal() : 2 * own.NextUniform() - 1));
        });
        return values;
    }
}
