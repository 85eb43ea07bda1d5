using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models;

/// <summary>
/// Takes every normalisation layer out of a model: its layers are then the identity (Liang et al., NeurIPS 2022, supplementary Figure 15: the gap
/// survives). One switch is shared by all layers of a model.
/// </summary>
internal sealed class NormalisationSwitch
{
    public bool IsOff { get; set; }

    /// <summary>The layer's output, or the input as it is.</summary>
    public Tensor Apply(Module<Tensor, Tensor> layer, Tensor input) => IsOff ? input : layer.call(input);
}
