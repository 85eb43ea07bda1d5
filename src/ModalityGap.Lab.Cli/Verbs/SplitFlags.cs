using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Lab.Data;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>Options that say what training is not to see.</summary>
internal sealed class SplitFlags
{
    private readonly Option<string?> style = new("--unseen-style")
    {
        Description = "The style that training does not see; default the last of several.",
        HelpName = "STYLE",
    };

    private readonly Option<double?> items = NumberOption.Share("--unseen-items", "Share of the items that training does not see; default 0.1.");

    public SplitFlags(Command command)
    {
        command.Options.Add(style);
        command.Options.Add(items);
    }

    /// <summary>What was asked for, and for the rest what <paramref name="otherwise"/> says.</summary>
    public SplitOptions Options(ParseResult parsed, SplitOptions otherwise) => otherwise with
    {
        UnseenStyle = parsed.GetValue(style) ?? otherwise.UnseenStyle,
        UnseenItems = parsed.GetValue(items) ?? otherwise.UnseenItems,
    };

    /// <summary>The parts of a set; only the opened set can tell whether it has the style.</summary>
    /// <exception cref="UsageException">The set has no such style.</exception>
    public static DataSplit Draw(ImageTextSet set, SplitOptions options)
    {
        try
        {
            return DataSplit.Draw(set, options);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message.Split(" (Parameter")[0]);
        }
    }
}
