using ModalityGap.Lab.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModalityGap.Lab.Models.Published;

/// <summary>One tower of a published architecture with random weights, in evaluation mode.</summary>
public sealed class PublishedEncoder : IDisposable
{
    private readonly Module<Tensor, Tensor> tower;
    private readonly Func<Tensor, Tensor> encode;
    private readonly NormalisationSwitch norms;

    internal PublishedEncoder(string name, int dimensions, Module<Tensor, Tensor> tower, NormalisationSwitch norms, Func<Tensor, Tensor>? encode = null)
    {
        (Name, Dimensions, this.tower, this.norms) = (name, dimensions, tower, norms);
        this.encode = encode ?? tower.call;
        tower.eval();
    }

    /// <summary>Such as <c>resnet-18</c>.</summary>
    public string Name { get; }

    /// <summary>d, the length of an output.</summary>
    public int Dimensions { get; }

    /// <summary>Number of trained values.</summary>
    public long ParameterCount => tower.parameters().Sum(parameter => parameter.numel());

    /// <summary>Whether the normalisation layers act; default yes. Without them they are the identity (supplementary Figure 15).</summary>
    public bool Normalises
    {
        get => !norms.IsOff;
        set => norms.IsOff = !value;
    }

    /// <summary>n inputs (n x 3 x 224 x 224 pixels, or n x length tokens) to n x d values, row-major; without gradient.</summary>
    public float[] Encode(Tensor inputs)
    {
        using (no_grad())
        using (NewDisposeScope())
            return Undisturbed.Run(() => encode(inputs).contiguous().data<float>().ToArray());
    }

    /// <inheritdoc/>
    public void Dispose() => tower.Dispose();
}
