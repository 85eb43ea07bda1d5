using System.Globalization;
using ModalityGap.Cli.Arguments;
using ModalityGap.Corrections;
using ModalityGap.Deployment;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Correcting;

/// <summary>One file of corrected rows, and what its reader has to know about it.</summary>
internal sealed class CorrectedFile
{
    private readonly EmbeddingStream rows;
    private readonly FittedCorrection correction;
    private readonly RowRole role;
    private readonly ApplyOptions options;
    private readonly IEmbeddingWriter writer;
    private readonly WrittenType type;
    private AppliedRows? applied;

    public CorrectedFile(
        EmbeddingStream rows, FittedCorrection correction, RowRole role, ApplyOptions options, IEmbeddingWriter writer, WrittenType? wanted)
    {
        (this.rows, this.correction, this.role, this.options, this.writer) = (rows, correction, role, options, writer);
        type = wanted ?? (rows.Provenance.ElementType == "float16" ? WrittenType.Float16 : WrittenType.Float32);
    }

    /// <summary>What was done, and what is different from what one may expect.</summary>
    public IEnumerable<string> Sentences
    {
        get
        {
            AppliedRows done = applied!;
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{done.Rows:N0} {role}, {done.Dimensions} dimensions, {type.ToString().ToLowerInvariant()}: {correction.Id}.");
            if (ScoreSentence() is { } sentence)
                yield return $"note: {sentence}";
            if (role.AreQueries && !correction.Transforms.Any(entry => entry.Role == role))
                yield return $"note: the correction saw no queries of {role.Modality} when it was fitted; they are treated as its documents.";
            if (done.SkippedRows > 0)
                yield return string.Create(CultureInfo.InvariantCulture, $"note: {done.SkippedRows:N0} rows without a direction were left out; rows have other numbers from there on.");
            if (rows.ReadWhole is { } reason)
                yield return $"note: {rows.Provenance.Source} was read into memory whole, because {reason}.";
            foreach (string loss in Losses())
                yield return $"note: {loss}";
        }
    }

    /// <summary>Writes the file, whole or not at all: npy as the rows come, other formats from memory.</summary>
    public void Write(OutputFile output, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        if (writer.Name == "npy")
            output.Write(stream => applied = CorrectionStream.WriteNpy(rows, correction, role, stream, type, options, progress, cancellation));
        else
            WriteFromMemory(output, progress, cancellation);
    }

    private void WriteFromMemory(OutputFile output, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        MemoryAdvice.CheckCorrected(rows.Provenance.Source, rows.Rows * correction.BakedDimensions);
        EmbeddingSet set = CorrectionStream.Read(rows, correction, role, options, progress, cancellation);
        if (writer.Obstacle([set]) is { } obstacle)
            throw new OutputException($"{writer.Name}: {obstacle}. Write npy.");
        output.Write(stream => writer.Write(stream, [set], new WriteOptions { Type = type }, cancellation));
        applied = new AppliedRows(set.Rows, set.Dimensions, rows.Rows - set.Rows);
    }

    private string? ScoreSentence() => (correction.Scores, options.Baked) switch
    {
        (null, false) => null,
        (null, true) => $"{correction.Id} leaves scores alone: its baked rows are its corrected rows.",
        (_, false) => "the correction changes scores too, which these rows do not hold: --baked writes them into the rows, 'modgap emit' prints how else to use them.",
        (_, true) => role.AreQueries
            ? "baked queries [q, 1]: search baked documents by inner product, not by cosine."
            : "baked documents [a*d, b], not of norm 1: search them by inner product, not by cosine.",
    };

    private IEnumerable<string> Losses()
    {
        RowNames names = rows.Held?.Names ?? RowNames.None;
        if (!writer.HoldsIds && names.Ids is not null)
            yield return $"{writer.Name} holds no ids: the rows keep their order.";
        if (!writer.HoldsLabels && (names.Labels ?? names.Captions) is not null)
            yield return $"{writer.Name} holds no labels and captions: they are left out.";
    }
}
