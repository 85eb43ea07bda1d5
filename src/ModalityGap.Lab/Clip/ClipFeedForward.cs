using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Clip;

/// <summary>Two layers with a non-linearity between, on every token alone.</summary>
internal sealed class ClipFeedForward : Module<Tensor, Tensor>
{
    private const float QuickSlope = 1.702f;

    private readonly ClipActivation activation;

    [ComponentName(Name = "c_fc")]
    private readonly Linear expand;

    [ComponentName(Name = "c_proj")]
    private readonly Linear contract;

    public ClipFeedForward(int width, int hidden, ClipActivation activation) : base(nameof(ClipFeedForward))
    {
        this.activation = activation;
        expand = Linear(width, hidden);
        contract = Linear(hidden, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens)
    {
        Tensor wide = expand.call(tokens);
        return contract.call(activation == ClipActivation.Gelu ? functional.gelu(wide) : QuickGelu(wide));
    }

    // In place where no gradient needs the factors: a quarter of the memory that goes back and forth.
    private static Tensor QuickGelu(Tensor wide)
    {
        Tensor gate = (wide * QuickSlope).sigmoid_();
        return is_grad_enabled() ? gate * wide : gate.mul_(wide);
    }
}
