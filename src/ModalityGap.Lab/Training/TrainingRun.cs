using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;

namespace ModalityGap.Lab.Training;

/// <summary>What is trained on what.</summary>
public sealed record TrainingRun
{
    /// <summary>The data.</summary>
    public required ImageTextSet Set { get; init; }

    /// <summary>Which pictures are for training.</summary>
    public required DataSplit Split { get; init; }

    /// <summary>Architecture, options, words and data, as checkpoints hold them.</summary>
    public required CheckpointInfo Info { get; init; }

    /// <summary>The pictures that gap and recall are taken on: an unseen style of seen items where there is one, else unseen items.</summary>
    public IReadOnlyList<int> Watched => Split.UnseenStyle.Count > 0 ? Split.UnseenStyle : Split.UnseenItems;

    /// <summary>A run whose vocabulary is that of its training texts.</summary>
    /// <param name="data">Where the data came from, in words.</param>
    /// <param name="set">The data.</param>
    /// <param name="split">What training is not to see.</param>
    /// <param name="encoder">The architecture; its side becomes that of the data, its bias and temperature what the training wants.</param>
    /// <param name="training">The options.</param>
    public static TrainingRun Of(string data, ImageTextSet set, SplitOptions split, EncoderOptions encoder, TrainingOptions training)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(training);
        encoder = Fitting(encoder with { Side = set.Side }, training);
        training.Check();
        encoder.Check();
        if (training.Amended && encoder.Common == CommonPart.Weights)
            throw new ArgumentException("Towers that share their weights cannot be turned against each other.", nameof(training));
        DataSplit parts = DataSplit.Draw(set, split);
        int[] items = [.. parts.Train.Select(image => set.Images[image].Item).Distinct()];
        if (items.Length < 2)
            throw new EmbeddingDataException(data, $"only {items.Length} items are left for training.", "A contrastive loss needs many: give more pictures.");
        var run = new TrainingRun
        {
            Set = set,
            Split = parts,
            Info = new CheckpointInfo
            {
                Encoder = encoder,
                Training = training,
                Words = Vocabulary.Of(items.SelectMany(item => set.Items[item].Texts)).Words,
                Data = data,
                Split = split,
                DataFingerprint = set.Fingerprint,
                Log = [],
            },
        };
        return run.Watched.Count >= 2
            ? run
            : throw new EmbeddingDataException(data, "no two pictures are left to watch the training by.", "Give more pictures, or hold out more of them.");
    }

    private static EncoderOptions Fitting(EncoderOptions encoder, TrainingOptions training) => encoder with
    {
        HasBias = training.Loss == LossKind.Sigmoid,
        LearnTemperature = encoder.LearnTemperature && training.FinalTemperature is null,
    };

    /// <summary>Refuses a checkpoint that does not belong to this run.</summary>
    /// <exception cref="EmbeddingDataException">It is of other data, another architecture or other options.</exception>
    internal void CheckFits(string checkpoint, CheckpointInfo other)
    {
        string? difference =
            other.DataFingerprint != Info.DataFingerprint ? $"other data ({other.Data})"
            : other.Encoder != Info.Encoder ? "another architecture"
            : other.Split != Info.Split ? "another split of the data"
            : other.Training != Info.Training ? "other options"
            : !other.Words.SequenceEqual(Info.Words) ? "other training texts"
            : null;
        if (difference is not null)
            throw new EmbeddingDataException(checkpoint, $"it was trained with {difference}.", "Give the options of that run, or start a new one in another folder.");
    }
}
