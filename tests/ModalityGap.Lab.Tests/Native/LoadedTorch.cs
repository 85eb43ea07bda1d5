using ModalityGap.Lab.Native;
using ModalityGap.Lab.Tests.Native;

[assembly: AssemblyFixture(typeof(LoadedTorch))]

namespace ModalityGap.Lab.Tests.Native;

/// <summary>libtorch, loaded before any test makes a tensor: whatever test comes first.</summary>
public sealed class LoadedTorch
{
    public LoadedTorch() => LibTorch.Load();
}
