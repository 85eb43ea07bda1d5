namespace ModalityGap.Testing;

/// <summary>The folder of reference data beside the repository, which a fresh clone does not have.</summary>
internal static class SharedFolder
{
    /// <summary>The repository's root: the nearest folder above the test assembly that holds the solution.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The path of a file in the shared folder; skips the test, saying why, where the folder is absent.</summary>
    public static string File(params string[] parts)
    {
        string path = Path.Combine([RepositoryRoot, "..", "shared", .. parts]);
        Assert.SkipUnless(System.IO.File.Exists(path), $"needs ../shared/{string.Join('/', parts)}, which is not beside this clone");
        return Path.GetFullPath(path);
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "ModalityGap.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
