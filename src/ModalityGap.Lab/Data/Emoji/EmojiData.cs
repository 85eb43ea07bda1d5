using ModalityGap.Embeddings;

namespace ModalityGap.Lab.Data.Emoji;

/// <summary>Emoji as a set of pictures and texts: fetched and prepared once, read from the cache after that.</summary>
internal static class EmojiData
{
    public static OpenedData Open(bool withTones, DataOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation) =>
        Open(new EmojiPackages(), withTones, options, progress, cancellation);

    /// <summary>Opens the set from other packages, which tests make themselves.</summary>
    public static OpenedData Open(
        EmojiPackages packages, bool withTones, DataOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        string name = withTones ? DataSource.EmojiTonesName : DataSource.EmojiName;
        var cache = new PreparedSet(options.CachePath, name, options.Side, [.. packages.All.Select(package => package.Sha256)]);
        void Report(string stage, double share) => progress?.Report(new AnalysisProgress(stage, share));
        Report("reading the cache", 0);
        List<Finding> findings = [];
        ImageTextSet? set = cache.Read(cancellation);
        if (set is null)
        {
            set = new EmojiPreparation(packages, withTones, options, Report, cancellation).Run(name);
            if (!cache.TryWrite(set, out string? fault))
                findings.Add(new Finding(
                    "not-cached", FindingSeverity.Note, $"The prepared set could not be kept, so the next start takes as long: {fault}"));
        }
        return new OpenedData
        {
            Set = set,
            Findings = findings,
            Licences = packages.Licences,
            CachedAt = findings.Count == 0 ? cache.PixelsPath : null,
        };
    }
}
