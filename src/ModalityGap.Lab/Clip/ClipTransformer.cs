using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Clip;

/// <summary>Blocks one after the other.</summary>
internal sealed class ClipTransformer : Module<Tensor, Tensor>
{
    [ComponentName(Name = "resblocks")]
    private readonly ModuleList<ClipBlock> blocks;

    public ClipTransformer(int depth, Func<ClipBlock> block) : base(nameof(ClipTransformer))
    {
        blocks = ModuleList([.. Enumerable.Range(0, depth).Select(_ => block())]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens)
    {
        foreach (ClipBlock block in blocks)
            tokens = block.call(tokens);
        return tokens;
    }
}
