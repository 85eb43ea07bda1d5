namespace ModalityGap.Lab.Data.Emoji;

/// <summary>Runs npm with these arguments in a folder.</summary>
/// <returns>What came of it; <c>null</c> where there is no npm.</returns>
internal delegate NpmOutcome? RunNpm(string folder, IReadOnlyList<string> arguments, CancellationToken cancellation);

/// <summary>How a run of npm ended.</summary>
/// <param name="ExitCode">0 if it did what it was asked.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal sealed record NpmOutcome(int ExitCode, string Errors)
{
    private static readonly string[] Prefixes = ["npm error", "npm ERR!"];

    /// <summary>The line that says most: the first sentence among its errors, without the lines of codes and the stack.</summary>
    public string Complaint
    {
        get
        {
            string[] lines = [.. Errors.Split('\n').Select(Bare).Where(line => line.Length > 0)];
            return lines.FirstOrDefault(line => line.Split(' ').Length > 3 && !line.StartsWith("at ", StringComparison.Ordinal))
                ?? lines.FirstOrDefault()
                ?? $"nothing, and ended with code {ExitCode}";
        }
    }

    private static string Bare(string line)
    {
        line = line.Trim();
        foreach (string prefix in Prefixes)
            if (line.StartsWith(prefix, StringComparison.Ordinal))
                line = line[prefix.Length..].Trim();
        return line;
    }
}
