using System.Globalization;
using System.Text.Json;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Training;

/// <summary>
/// The folder of a training run: <c>checkpoint.safetensors</c> (the state after the last epoch), <c>checkpoint-0010.safetensors</c> and so on
/// where copies are kept, <c>log.csv</c> and <c>log.json</c>. Every file is written whole or not at all.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class RunFolder(string path)
{
    private const string Header = "epoch,loss,temperature,gap,recall_at_1_image_to_text,recall_at_1_text_to_image,watched,seconds\n";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Where the folder is.</summary>
    public string Location { get; } = path;

    /// <summary>The state after the last epoch.</summary>
    public string Checkpoint => Path.Combine(Location, "checkpoint.safetensors");

    /// <summary>Whether a run was begun here.</summary>
    public bool HasCheckpoint => File.Exists(Checkpoint);

    /// <summary>Creates the folder.</summary>
    /// <exception cref="OutputException">It cannot be created.</exception>
    public void Create() => OutputFile.CreateFolder(Location);

    /// <summary>Writes the state after the last epoch, then the logs.</summary>
    /// <param name="trainer">The training.</param>
    /// <param name="keepEvery">Whether to keep a copy every so many epochs; 0 for none.</param>
    /// <exception cref="OutputException">Something cannot be written; the checkpoint of the epoch before stays.</exception>
    public void Write(Trainer trainer, int keepEvery)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        int epoch = trainer.Log[^1].Epoch;
        trainer.Save(Checkpoint);
        if (keepEvery > 0 && epoch % keepEvery == 0)
            trainer.Save(Path.Combine(Location, FormattableString.Invariant($"checkpoint-{epoch:0000}.safetensors")));
        Write("log.csv", Header + string.Concat(trainer.Log.Select(Line)));
        Write("log.json", JsonSerializer.Serialize(trainer.Log, Json) + "\n");
    }

    private void Write(string name, string content)
    {
        using OutputFile file = OutputFile.Open(Path.Combine(Location, name));
        file.Write(System.Text.Encoding.UTF8.GetBytes(content));
    }

    private static string Line(EpochRecord record) => string.Create(
        CultureInfo.InvariantCulture,
        $"{record.Epoch},{record.Loss:0.000000},{record.Temperature:0.000000},{record.Gap:0.000000},{record.RecallImageToText:0.000000},{record.RecallTextToImage:0.000000},{record.Watched},{record.Seconds:0.000}\n");
}
