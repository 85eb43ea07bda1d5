namespace ModalityGap.Corrections;

/// <summary>Several corrections one after the other, each fitted on what those before it gave.</summary>
public sealed class CorrectionChain : ICorrection
{
    private readonly ICorrection[] links;

    /// <summary>Joins corrections.</summary>
    /// <param name="links">At least one, in the order in which they are applied.</param>
    public CorrectionChain(params IReadOnlyList<ICorrection> links)
    {
        ArgumentNullException.ThrowIfNull(links);
        if (links.Count == 0)
            throw new ArgumentException("A chain has at least one link.", nameof(links));
        this.links = [.. links];
        Info = new CorrectionInfo
        {
            Id = string.Join('+', links.Select(link => link.Info.Id)),
            Name = string.Join(", then ", links.Select(link => link.Info.Name)),
            Description = string.Join("; then ", links.Select(link => link.Info.Description)),
            Formula = string.Join("; then ", links.Select(link => link.Info.Formula)),
            NeedsPairs = links.Any(link => link.Info.NeedsPairs),
            Deployment = string.Join(" ", links.Select(link => link.Info.Deployment)),
            Reference = string.Join("; ", links.Select(link => link.Info.Reference).Distinct()),
        };
    }

    /// <inheritdoc/>
    public CorrectionInfo Info { get; }

    /// <summary>The parameters of all links, each after its link's id.</summary>
    public IReadOnlyDictionary<string, string> Parameters => new SortedDictionary<string, string>(
        links.SelectMany((link, k) => link.Parameters.Select(entry => (Name: $"{k + 1}/{link.Info.Id}/{entry.Key}", entry.Value)))
            .ToDictionary(entry => entry.Name, entry => entry.Value),
        StringComparer.Ordinal);

    /// <inheritdoc/>
    public FittedCorrection Fit(CorrectionSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        FittedCorrection last = links[0].Fit(sample), all = last;
        foreach (ICorrection link in links.Skip(1))
        {
            sample = sample.After(last);
            last = link.Fit(sample);
            all = all.Then(last);
        }
        return all;
    }
}
