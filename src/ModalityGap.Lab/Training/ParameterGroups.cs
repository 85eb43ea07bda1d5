using ModalityGap.Lab.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Training;

/// <summary>
/// Which parameters are pulled towards 0: matrices and convolutions, not biases, norms and the temperature. The temperature, where it is learned, is the
/// last group, since it
/// may have a learning rate of its own.
/// </summary>
internal static class ParameterGroups
{
    private const string TemperatureName = "logScale";

    public static IEnumerable<(string name, Parameter parameter)> Decayed(DualEncoder model) => All(model).Where(entry => entry.parameter.dim() >= 2);

    public static IEnumerable<(string name, Parameter parameter)> Free(DualEncoder model) => All(model).Where(entry => entry.parameter.dim() < 2
        && entry.name != TemperatureName);

    public static IEnumerable<(string name, Parameter parameter)> Temperature(DualEncoder model) => All(model).Where(entry => entry.name == TemperatureName);

    /// <summary>AdamW (Loshchilov and Hutter, ICLR 2019) with β = 0.9, 0.98 as in CLIP.</summary>
    public static AdamW Optimizer(DualEncoder model, TrainingOptions options) => optim.AdamW(
        [
            Group(Decayed(model), options.WeightDecay), Group(Free(model), 0),
            .. model.Options.LearnTemperature ? [Group(Temperature(model), 0)] : Array.Empty<AdamW.ParamGroup>(),
        ],
        options.LearningRate, 0.9, 0.98, 1e-6, options.WeightDecay);

    /// <summary>Sets the rate of a step.</summary>
    public static void SetRate(AdamW optimizer, DualEncoder model, double rate, double temperatureRate)
    {
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = rate;
        if (model.Options.LearnTemperature)
            optimizer.ParamGroups.Last().LearningRate = rate * temperatureRate;
    }

    private static AdamW.ParamGroup Group(IEnumerable<(string name, Parameter parameter)> parameters, double decay) =>
        new([.. parameters.Select(entry => entry.parameter)], new AdamW.Options { weight_decay = decay, beta1 = 0.9, beta2 = 0.98, eps = 1e-6 });

    private static IEnumerable<(string name, Parameter parameter)> All(DualEncoder model) =>
        model.named_parameters().Where(entry => entry.parameter.requires_grad);
}
