using System.CommandLine;
using System.Globalization;
using ModalityGap.CommandLine;

namespace ModalityGap.Cli.Arguments;

/// <summary>Options that divide a measurement: into parts that other processes make, or into parts that one process keeps.</summary>
internal sealed class PartFlags
{
    private readonly Option<string?> shard = new("--shard")
    {
        Description = "Measure only the part I of N, from 0, and write it with -o for modgap merge; a finished part is left alone.",
        HelpName = "I/N",
    };

    private readonly Option<string?> folder = new("--parts")
    {
        Description = "Keep finished parts in this folder: interrupted, the same command goes on where it was.",
        HelpName = "FOLDER",
    };

    public PartFlags(Command command)
    {
        command.Options.Add(shard);
        command.Options.Add(folder);
    }

    public bool AreGiven(ParseResult parsed) => parsed.GetValue(shard) is not null || parsed.GetValue(folder) is not null;

    /// <summary>Which part, from 0, of how many; <c>null</c> for all.</summary>
    public (int Index, int Count)? Part(ParseResult parsed)
    {
        if (parsed.GetValue(shard) is not { } text)
            return null;
        if (parsed.GetValue(folder) is not null)
            throw new UsageException("--shard makes one part, --parts all of them: give one of the two.");
        string[] words = text.Split('/');
        return words.Length == 2
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && index < count
                ? (index, count)
                : throw new UsageException($"--shard takes a part and their number, from 0/64 to 63/64, not '{text}'.");
    }

    public string? Folder(ParseResult parsed) => parsed.GetValue(folder);
}
