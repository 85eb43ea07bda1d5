using System.CommandLine;
using ModalityGap.Cli.Pictures;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Pictures;
using ModalityGap.Report;

namespace ModalityGap.Cli.Arguments;

/// <summary>Options that say what the rows look like and what they say.</summary>
internal sealed class PictureFlags
{
    private readonly Option<string?> captions = new("--captions")
    {
        Description = "What each row says: a text file with a line per row, or a .jsonl file with a \"caption\" and perhaps an \"id\" and an \"image\".",
        HelpName = "FILE",
    };

    private readonly Option<string?> captionsOf = new("--captions-of")
    {
        Description = "The modality whose rows the captions are, where it is not clear.",
        HelpName = "NAME",
    };

    private readonly Option<string?> thumbnails = new("--thumbnails")
    {
        Description = "A folder with the pictures of the rows, called by the rows' ids, by the captions' \"image\", or one per row in the order of their names.",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> thumbnailsOf = new("--thumbnails-of")
    {
        Description = "The modality whose rows the pictures show; default image.",
        HelpName = "NAME",
    };

    public PictureFlags(Command command)
    {
        foreach (Option option in (Option[])[captions, captionsOf, thumbnails, thumbnailsOf])
            command.Options.Add(option);
    }

    /// <summary>Refuses options that go with others which are missing, and pictures where nothing can draw them.</summary>
    public void Check(ParseResult parsed)
    {
        foreach ((Option<string?> detail, Option<string?> whole) in ((Option<string?>, Option<string?>)[])[(captionsOf, captions), (thumbnailsOf, thumbnails)])
            if (parsed.GetValue(detail) is not null && parsed.GetValue(whole) is null)
                throw new UsageException($"{detail.Name} goes with {whole.Name}.");
        if (parsed.GetValue(thumbnails) is not null)
            PictureLibrary.Require("Leave out --thumbnails for a report without pictures.");
    }

    /// <summary>Matches captions and pictures with rows.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="sets">The modalities as read.</param>
    /// <param name="options">How rows are paired.</param>
    /// <exception cref="EmbeddingDataException">They do not fit.</exception>
    public Matched Match(ParseResult parsed, IReadOnlyList<EmbeddingSet> sets, AnalysisOptions options)
    {
        CaptionRows? rows = parsed.GetValue(captions) is { } file ? CaptionRows.Of(CaptionFile.Read(file), sets, options, parsed.GetValue(captionsOf)) : null;
        RowFiles? files = parsed.GetValue(thumbnails) is { } folder ? RowFiles.Match(PictureFolder.Open(folder), sets, rows, parsed.GetValue(thumbnailsOf)) : null;
        return new Matched(rows?.Named() ?? sets, rows, files);
    }

    /// <summary>Rows with what belongs to them.</summary>
    /// <param name="Sets">The modalities with their captions.</param>
    /// <param name="Captions">Where the captions came from; <c>null</c> without.</param>
    /// <param name="Files">The pictures; <c>null</c> without.</param>
    internal sealed record Matched(IReadOnlyList<EmbeddingSet> Sets, CaptionRows? Captions, RowFiles? Files)
    {
        /// <summary>What was matched, a sentence each.</summary>
        public IEnumerable<string> InWords() => new[] { Captions?.InWords(), Files?.InWords() }.OfType<string>();

        /// <summary>What the page shows beside its result.</summary>
        public ReportExtras ExtrasFor(
            AnalysisResult result,
            IReadOnlyList<CorrectionEvidence?> corrections,
            ClassificationResult? zeroShot,
            int threads,
            IProgress<AnalysisProgress>? progress,
            CancellationToken cancellation)
        {
            var beside = new ReportExtras
            {
                Findings = [.. Captions?.Findings() ?? [], .. zeroShot?.Findings ?? []],
                Corrections = corrections,
                ZeroShot = zeroShot,
            };
            return Files is null
                ? beside
                : new PackedPictures(Files, threads, (stage, share) => progress?.Report(new AnalysisProgress(stage, share)), cancellation).For(result, beside);
        }
    }
}
