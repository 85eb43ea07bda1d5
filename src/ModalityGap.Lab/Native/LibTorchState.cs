namespace ModalityGap.Lab.Native;

/// <summary>How libtorch was loaded.</summary>
/// <param name="Version">The version of libtorch.</param>
/// <param name="Threads">How many threads it uses.</param>
/// <param name="Library">The native library of TorchSharp that was loaded.</param>
/// <param name="IsRepaired">Whether that is a copy in which one version of libstdc++ is asked for weakly.</param>
public sealed record LibTorchState(string Version, int Threads, string Library, bool IsRepaired);
