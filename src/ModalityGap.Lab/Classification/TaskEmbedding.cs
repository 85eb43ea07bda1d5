using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Clip.Runs;
using ModalityGap.Lab.Export;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Classification;

/// <summary>Embeds a task's pictures and prompts into a folder. Stopped, it goes on after its last shard; finished, it is read again.</summary>
internal static class TaskEmbedding
{
    private const double ShareOfPictures = 0.9;

    /// <summary>Embeds what is not there yet.</summary>
    /// <param name="encoder">The model.</param>
    /// <param name="task">Classes and prompts.</param>
    /// <param name="pictures">Pictures with labels.</param>
    /// <param name="request">The folder, and how: batch, shards, type.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Stops it after a batch; what is finished stays.</param>
    /// <exception cref="EmbeddingDataException">The model reads no texts or no pictures, or none of the pictures can be used.</exception>
    public static EmbeddedTask Run(
        ClipEncoder encoder,
        ZeroShotTask task,
        LabelledPictures pictures,
        EmbeddingRequest request,
        Action<AnalysisProgress>? progress,
        CancellationToken cancellation)
    {
        CheckTowers(encoder);
        var folder = new TaskFolder(request.Folder);
        (string Prompt, string Class)[] prompts = [.. task.Prompts()];
        EmbeddingRequest ofPictures = request with { Images = pictures.Folder, ListedImages = pictures.Names, Texts = null };
        string fingerprint = Fingerprint(encoder, ofPictures, pictures, prompts, cancellation);
        if (folder.IsOf(fingerprint))
            return new EmbeddedTask(task, folder, folder.Read(task, cancellation), null);
        OutputFile.CreateFolder(folder.Location);
        folder.Begin();
        // Prompts first: they take seconds, and tell at once of a vocabulary that is missing.
        Prompts(encoder, folder, prompts, request, progress, cancellation);
        EmbeddingSummary summary = EmbeddingRun.Run(
            encoder, ofPictures, progress is null ? null : now => progress(new AnalysisProgress(now.Stage, 1 - ShareOfPictures * (1 - now.Fraction))),
                cancellation);
        WriteLabels(folder, pictures);
        WriteTexts(folder, task, request.Type, cancellation);
        folder.Finish(fingerprint);
        return new EmbeddedTask(task, folder, folder.Read(task, cancellation), summary);
    }

    private static void CheckTowers(ClipEncoder encoder)
    {
        foreach ((bool there, string what, string file) in (IEnumerable<(bool, string, string)>)
            [(encoder.Towers.Context > 0, "texts, so it knows no classes", "text"), (encoder.Towers.Side > 0, "pictures", "image")])
            if (!there)
                throw new EmbeddingDataException(encoder.Location, $"this model reads no {what}.", $"Put the ONNX file of the {file} tower beside it.");
    }

    private static string Fingerprint(
        ClipEncoder encoder, EmbeddingRequest request, LabelledPictures pictures, (string Prompt, string Class)[] prompts, CancellationToken cancellation)
    {
        string model = RunFingerprint.Of(encoder, request, pictures.Names, [.. prompts.Select(prompt => prompt.Prompt)], cancellation);
        string words = string.Join('\n', [model, .. pictures.Labels, .. pictures.Groups ?? [], .. prompts.Select(prompt => prompt.Class)]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)));
    }

    private static void Prompts(
        ClipEncoder encoder,
        TaskFolder folder,
        (string Prompt, string Class)[] prompts,
        EmbeddingRequest request,
        Action<AnalysisProgress>? progress,
        CancellationToken cancellation)
    {
        OutputFile.CreateFolder(folder.PromptRun);
        TaskFolder.WriteLines(folder.PromptTexts, prompts.Select(prompt => prompt.Prompt));
        EmbeddingRun.Run(
            encoder,
            request with { Folder = folder.PromptRun, Texts = folder.PromptTexts, Images = null, ListedImages = null },
            progress is null ? null : now => progress(new AnalysisProgress(now.Stage, (1 - ShareOfPictures) * now.Fraction)),
            cancellation);
        File.Move(Path.Combine(folder.PromptRun, "texts.npy"), folder.Prompts, overwrite: true);
        Directory.Delete(folder.PromptRun, recursive: true);
        TaskFolder.WriteLines(folder.ClassNames, prompts.Select(prompt => prompt.Class));
    }

    // Of the pictures that could be used, in the order of their rows.
    private static void WriteLabels(TaskFolder folder, LabelledPictures pictures)
    {
        Dictionary<string, int> places = pictures.Names.Select((name, i) => (name, i)).ToDictionary(entry => entry.name, entry => entry.i);
        int[] kept = [.. TextList.Lines(folder.ImageNames).Select(line => places[IdOf(line)])];
        TaskFolder.WriteLines(folder.Labels, kept.Select(i => pictures.Labels[i]));
        if (pictures.Groups is { } groups)
            TaskFolder.WriteLines(folder.Groups, kept.Select(i => groups[i]));
        else
            File.Delete(folder.Groups);
    }

    private static string IdOf(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("id").GetString()!;
    }

    // The pairs that evaluate and report ask for: beside each picture the text of its own class.
    private static void WriteTexts(TaskFolder folder, ZeroShotTask task, WrittenType type, CancellationToken cancellation)
    {
        ClassificationTask rows = folder.Read(task, cancellation);
        ClassTexts classes = ClassTexts.Of(UnitEmbeddings.Normalize(rows.Classes), rows.Classes.Labels!);
        int[] own = classes.IndicesOf(rows.Labels!.Words, rows.Labels.Source);
        int d = classes.Rows.Dimensions;
        var values = new float[own.Length * d];
        for (int i = 0; i < own.Length; i++)
            classes.Rows.Row(own[i]).CopyTo(values.AsSpan(i * d, d));
        EmbeddingFolder.WriteTexts(
            folder.Location, new EmbeddingSet(Modality.Text, values, d, names: new RowNames { Captions = [.. own.Select(c => classes.Names[c])] }), type);
    }
}
