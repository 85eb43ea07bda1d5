using TorchSharp;

namespace ModalityGap.Lab.Tensors;

/// <summary>
/// Numbers for products and sums with tensors, made once. A number that is turned into one for a single operation can be freed by a collection on another thread while libtorch still
/// reads it; the operation then fails, or computes something else. First used after libtorch was loaded.
/// </summary>
internal static class Scalars
{
    /// <summary>0, 1 and 2; 0 is what fills up short texts.</summary>
    public static readonly Scalar Zero = 0L.ToScalar(), One = 1L.ToScalar(), Two = 2L.ToScalar();
}
