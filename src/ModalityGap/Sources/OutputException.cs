namespace ModalityGap.Sources;

/// <summary>An output that cannot be written; the message names it, the fault and the way out.</summary>
internal sealed class OutputException(string message) : Exception(message)
{
    public static OutputException For(string path, Exception cause) => new(Describe(path, cause));

    public static string Describe(string path, Exception cause) => cause switch
    {
        UnauthorizedAccessException => $"{path}: no permission to write here. Choose another place with --out.",
        DirectoryNotFoundException => $"{path}: its folder does not exist. Create the folder, or choose another place with --out.",
        PathTooLongException => $"{path}: the name is too long. Choose a shorter one with --out.",
        IOException when IsFull(cause) => $"{path}: the disk is full. Free some space, or choose another place with --out.",
        ArgumentOutOfRangeException => $"{path}: is larger than files may be here. Choose another place with --out.",
        _ => $"{path}: cannot be written ({cause.Message.TrimEnd('.')}). Choose another place with --out.",
    };

    // ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL; elsewhere the number of ENOSPC (28) and EDQUOT (122).
    private static bool IsFull(Exception cause) =>
        OperatingSystem.IsWindows() ? (cause.HResult & 0xFFFF) is 112 or 39 : cause.HResult is 28 or 122;
}
