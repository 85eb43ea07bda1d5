using static TorchSharp.torch;

namespace ModalityGap.Lab.Tensors;

/// <summary>A tensor in a file: float32 or int64 values in row-major order.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="Shape">Its lengths; none for a single number.</param>
/// <param name="Values">A float or a long array.</param>
internal sealed record NamedTensor(string Name, long[] Shape, Array Values)
{
    /// <summary>Copies the values of a tensor.</summary>
    public static NamedTensor Of(string name, Tensor tensor)
    {
        using Tensor plain = tensor.detach().contiguous().cpu();
        return new NamedTensor(name, plain.shape, plain.dtype == ScalarType.Int64 ? plain.data<long>().ToArray() : plain.data<float>().ToArray());
    }

    /// <summary>Gives the values to a tensor of the same shape.</summary>
    public void CopyTo(Tensor target)
    {
        using (no_grad())
        using (Tensor values = Values is long[] whole ? tensor(whole, Shape) : tensor((float[])Values, Shape))
            target.copy_(values);
    }
}
