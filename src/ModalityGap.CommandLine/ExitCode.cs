namespace ModalityGap.CommandLine;

/// <summary>What the tool tells the shell.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>A fault of the tool itself.</summary>
    public const int Unexpected = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>An input that cannot be used, or an output that cannot be written.</summary>
    public const int Data = 3;

    /// <summary>What was checked does not hold.</summary>
    public const int CheckFailed = 4;

    /// <summary>Stopped by Ctrl-C or a signal.</summary>
    public const int Cancelled = 130;
}
