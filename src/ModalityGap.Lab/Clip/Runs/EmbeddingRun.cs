using System.Diagnostics;
using System.Globalization;
using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Clip.Runs;

/// <summary>Embeds pictures and texts shard by shard into a folder. A run that was stopped, even killed, goes on after its last shard, with the same bytes.</summary>
public sealed class EmbeddingRun
{
    private const string ShardFolder = ".shards", Mark = "run.txt";

    private readonly ClipEncoder encoder;
    private readonly EmbeddingRequest request;
    private readonly PictureList? pictures;
    private readonly IReadOnlyList<string>? texts;
    private readonly string shards;
    private readonly Action<AnalysisProgress>? progress;
    private readonly Stopwatch watch = new();
    private int done, counted;

    private EmbeddingRun(ClipEncoder encoder, EmbeddingRequest request, Action<AnalysisProgress>? progress)
    {
        (this.encoder, this.request, this.progress) = (encoder, request, progress);
        pictures = request.Images is not { } images ? null : request.ListedImages is { } listed ? new PictureList(images, listed) : PictureList.Find(images);
        texts = request.Texts is null ? null : TextList.Find(request.Texts);
        shards = Path.Combine(request.Folder, ShardFolder);
    }

    /// <summary>Whether there are as many texts as pictures, so that they are pairs.</summary>
    private bool ArePairs => pictures is not null && texts is not null && pictures.Names.Count == texts.Count;

    private int All => (pictures?.Names.Count ?? 0) + (texts?.Count ?? 0);

    /// <summary>Runs it, or the rest of it.</summary>
    /// <param name="encoder">The model.</param>
    /// <param name="request">What and how.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Stops it after a batch; what is finished stays.</param>
    /// <exception cref="EmbeddingDataException">There is nothing to embed, or an unfinished run of another kind is in the folder.</exception>
    public static EmbeddingSummary Run(
        ClipEncoder encoder, EmbeddingRequest request, Action<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.ShardItems, 1);
        return new EmbeddingRun(encoder, request, progress).Run(cancellation);
    }

    private EmbeddingSummary Run(CancellationToken cancellation)
    {
        // A vocabulary that is missing is told before the pictures are embedded.
        if (texts is not null)
            _ = encoder.Tokenizer;
        Begin(cancellation);
        watch.Start();
        ShardStore images = new(shards, Modality.Image, request.Type), captions = new(shards, Modality.Text, request.Type);
        int imageShards = Each(pictures?.Names.Count ?? 0, images, (from, count) => Pictures(from, count, cancellation), cancellation);
        int textShards = Each(texts?.Count ?? 0, captions, (from, count) => Captions(from, count, cancellation), cancellation);
        int resumed = done - counted;
        progress?.Invoke(new AnalysisProgress("writing", 1));
        ShardJoin join = new(request, encoder.Towers.Dimensions, ArePairs);
        (int rows, string[] left) = join.Images(images, imageShards);
        (int textRows, int truncated) = join.Texts(captions, textShards, images);
        if (pictures is not null && rows == 0)
        {
            // Nothing is worth going on with; the next run looks at the files anew.
            Directory.Delete(shards, recursive: true);
            throw new EmbeddingDataException(request.Images!, $"none of its pictures can be used: {Shown.Some(left, 5)}.", "Check the files.");
        }
        join.Finish();
        Directory.Delete(shards, recursive: true);
        return new EmbeddingSummary(rows, textRows, encoder.Towers.Dimensions, left, truncated, resumed, ArePairs);
    }

    // An unfinished run is gone on with only if everything that decides its bytes is the same.
    private void Begin(CancellationToken cancellation)
    {
        OutputFile.CreateFolder(request.Folder);
        OutputFile.CreateFolder(shards);
        string mark = Path.Combine(shards, Mark), fingerprint = RunFingerprint.Of(encoder, request, pictures?.Names ?? [], texts ?? [], cancellation);
        if (!File.Exists(mark))
        {
            using OutputFile file = OutputFile.Open(mark);
            file.Write(Encoding.ASCII.GetBytes(fingerprint));
        }
        else if (File.ReadAllText(mark) != fingerprint)
            throw new EmbeddingDataException(
                request.Folder,
                "an unfinished run with another model, other inputs or other options is in it.",
                $"Run as before to go on, choose another --out, or delete {shards}.");
    }

    private int Each(int count, ShardStore store, Func<int, int, (float[] Rows, ShardItem[] Items)> embed, CancellationToken cancellation)
    {
        int number = (count + request.ShardItems - 1) / request.ShardItems;
        for (int shard = 0; shard < number; shard++)
        {
            cancellation.ThrowIfCancellationRequested();
            int from = shard * request.ShardItems, items = Math.Min(request.ShardItems, count - from);
            if (store.Has(shard))
            {
                done += items;
                continue;
            }
            (float[] rows, ShardItem[] embedded) = embed(from, items);
            store.Write(shard, rows, encoder.Towers.Dimensions, embedded, encoder.Location);
        }
        return number;
    }

    private (float[] Rows, ShardItem[] Items) Pictures(int from, int count, CancellationToken cancellation)
    {
        List<float[]> rows = [];
        List<ShardItem> items = [];
        foreach ((float[]? Values, string? Fault)[] batch in PreparedPictures.Take(pictures!, from, count, encoder.Pixels, 2 * request.Batch).Chunk(request.Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach ((_, string? fault) in batch)
                items.Add(new ShardItem(pictures!.Names[from + items.Count], Fault: fault));
            rows.Add(encoder.EncodeImages([.. batch.Where(picture => picture.Values is not null).Select(picture => picture.Values!)]));
            Advance("pictures", batch.Length);
        }
        return (Joined(rows), [.. items]);
    }

    private (float[] Rows, ShardItem[] Items) Captions(int from, int count, CancellationToken cancellation)
    {
        List<float[]> rows = [];
        List<ShardItem> items = [];
        for (int start = from; start < from + count; start += request.Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            string[] batch = [.. texts!.Skip(start).Take(Math.Min(request.Batch, from + count - start))];
            (float[] embedded, IReadOnlyList<bool> truncated) = encoder.EncodeTexts(batch);
            items.AddRange(batch.Select((text, i) => new ShardItem(IdOf(start + i), text, truncated[i])));
            rows.Add(embedded);
            Advance("texts", batch.Length);
        }
        return (Joined(rows), [.. items]);
    }

    // A text that belongs to a picture has its id.
    private string IdOf(int text) => ArePairs ? pictures!.Names[text] : Shown.Index(text);

    private float[] Joined(List<float[]> batches)
    {
        float[] rows = [.. batches.SelectMany(batch => batch)];
        if (request.Layout == EmbeddingLayout.ClipRetrieval)
            RowNorms.SetToOne(rows, encoder.Towers.Dimensions);
        return rows;
    }

    private void Advance(string what, int items)
    {
        done += items;
        counted += items;
        double rate = counted / Math.Max(1e-9, watch.Elapsed.TotalSeconds);
        progress?.Invoke(new AnalysisProgress(
            string.Create(CultureInfo.InvariantCulture, $"{what}: {done:N0} of {All:N0}, {rate:0.#}/s"), (double)done / All));
    }
}
