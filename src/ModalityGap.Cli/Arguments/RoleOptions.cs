using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Corrections;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Arguments;

/// <summary>What the rows of a file are used as: <c>--modality</c> and <c>--query</c>.</summary>
internal sealed class RoleOptions
{
    private readonly Option<string> modality = new("--modality")
    {
        Description = "Of which modality the rows are, by its name in the correction, such as image.",
        HelpName = "NAME",
        Required = true,
    };

    private readonly Option<bool> query = new("--query") { Description = "The rows ask: correct them as queries. Default: they are documents." };

    public RoleOptions(Command command)
    {
        command.Options.Add(modality);
        command.Options.Add(query);
    }

    /// <exception cref="UsageException">The correction knows no such rows.</exception>
    public RowRole Of(ParseResult parsed, FittedCorrection correction)
    {
        var role = new RowRole(new Modality(parsed.GetRequiredValue(modality)), parsed.GetValue(query));
        RowRole[] known = [.. correction.Transforms.Select(entry => entry.Role)];
        if (known.Contains(role) || known.Contains(RowRole.Documents(role.Modality)))
            return role;
        string[] names = [.. known.Select(entry => entry.Modality.Name).Distinct()];
        throw new UsageException(names.Contains(role.Modality.Name)
            ? $"the correction knows {role.Modality} rows as queries only: add --query."
            : $"--modality {role.Modality}: the correction was fitted for {string.Join(", ", known)}.{Suggestion.Sentence(role.Modality.Name, names)}");
    }
}
