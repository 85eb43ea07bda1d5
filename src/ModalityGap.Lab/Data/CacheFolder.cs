namespace ModalityGap.Lab.Data;

/// <summary>Where downloads and prepared sets are kept between runs.</summary>
public static class CacheFolder
{
    private const string Name = "modgap-lab";

    /// <summary>
    /// <c>$XDG_CACHE_HOME/modgap-lab</c>, else <c>~/.cache/modgap-lab</c>; on Windows <c>modgap-lab</c> in the folder of local application data.
    /// </summary>
    public static string Default
    {
        get
        {
            if (OperatingSystem.IsWindows())
                return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Name);
            string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            // The specification of XDG says that a relative path is to be ignored.
            return Path.IsPathFullyQualified(cache ?? "")
                ? Path.Combine(cache!, Name)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", Name);
        }
    }
}
