using ModalityGap.Lab.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Training;

/// <summary>Which parameters are pulled towards 0: matrices and convolutions, not biases, norms and the temperature.</summary>
internal static class ParameterGroups
{
    public static IEnumerable<(string name, Parameter parameter)> Decayed(DualEncoder model) => All(model).Where(entry => entry.parameter.dim() >= 2);

    public static IEnumerable<(string name, Parameter parameter)> Free(DualEncoder model) => All(model).Where(entry => entry.parameter.dim() < 2);

    /// <summary>AdamW (Loshchilov and Hutter, ICLR 2019) with β = 0.9, 0.98 as in CLIP.</summary>
    public static AdamW Optimizer(DualEncoder model, TrainingOptions options) => optim.AdamW(
        [Group(Decayed(model), options.WeightDecay), Group(Free(model), 0)], options.LearningRate, 0.9, 0.98, 1e-6, options.WeightDecay);

    private static AdamW.ParamGroup Group(IEnumerable<(string name, Parameter parameter)> parameters, double decay) =>
        new([.. parameters.Select(entry => entry.parameter)], new AdamW.Options { weight_decay = decay, beta1 = 0.9, beta2 = 0.98, eps = 1e-6 });

    private static IEnumerable<(string name, Parameter parameter)> All(DualEncoder model) =>
        model.named_parameters().Where(entry => entry.parameter.requires_grad);
}
