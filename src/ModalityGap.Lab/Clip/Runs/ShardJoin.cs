using System.Text.Encodings.Web;
using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Formats;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Clip.Runs;

/// <summary>
/// Turns finished shards into the files of a layout. Pictures without a row are left out and listed; where pictures and texts are pairs, such a picture takes its text with it, so
/// that rows of one number stay together.
/// </summary>
/// <param name="request">The layout.</param>
/// <param name="dimensions">d.</param>
/// <param name="arePairs">Whether text i belongs to picture i.</param>
internal sealed class ShardJoin(EmbeddingRequest request, int dimensions, bool arePairs)
{
    private const string LeftOutFile = "left-out.jsonl";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Name, string[] Ids, string?[] Captions)> shardNames = [];
    private readonly List<ShardItem> left = [];

    private int RowBytes => dimensions * RowWriting.SizeOf(request.Type);

    /// <summary>Writes the pictures.</summary>
    /// <returns>How many rows there are, and what was left out.</returns>
    public (int Rows, string[] LeftOut) Images(ShardStore store, int shards)
    {
        ShardItem[][] items = [.. Enumerable.Range(0, shards).Select(store.Items)];
        left.AddRange(items.SelectMany(shard => shard).Where(item => item.Fault is not null));
        int rows = items.Sum(shard => shard.Count(item => item.Fault is null));
        if (rows > 0)
            Write(Modality.Image, "images", "img_emb", [.. items.Select(shard => (ShardItem[])[.. shard.Where(item => item.Fault is null)])], store.Rows);
        return (rows, [.. left.Select(item => $"{Shown.Name(item.Id)} {item.Fault}")]);
    }

    /// <summary>Writes the texts.</summary>
    /// <returns>How many rows there are, and how many of them were too long.</returns>
    public (int Rows, int Truncated) Texts(ShardStore store, int shards, ShardStore images)
    {
        ShardItem[][] items = [.. Enumerable.Range(0, shards).Select(store.Items)];
        bool[][] kept = [.. items.Select((shard, s) => arePairs ? [.. images.Items(s).Select(item => item.Fault is null)] : shard.Select(_ => true).ToArray())];
        ShardItem[][] written = [.. items.Select((shard, s) => (ShardItem[])[.. shard.Where((_, i) => kept[s][i])])];
        int rows = written.Sum(shard => shard.Length);
        if (rows > 0)
            Write(Modality.Text, "texts", "text_emb", written, shard => Kept(store.Rows(shard), kept[shard]));
        return (rows, written.Sum(shard => shard.Count(item => item.IsTruncated)));
    }

    /// <summary>Writes what stands beside the rows: what was left out, and clip-retrieval's tables.</summary>
    public void Finish()
    {
        string path = Path.Combine(request.Folder, LeftOutFile);
        if (left.Count > 0)
            WriteLines(path, left, (json, item) =>
            {
                json.WriteString("id", item.Id);
                json.WriteString("fault", item.Fault);
            });
        else
            File.Delete(path);
        for (int shard = 0; shard < shardNames.Count; shard++)
            MetadataTable.Write(InFolder("metadata", $"metadata_{Shown.Index(shard)}.parquet"), shardNames[shard].Ids, shardNames[shard].Captions);
    }

    private void Write(Modality modality, string name, string folder, ShardItem[][] items, Func<int, byte[]> rows)
    {
        switch (request.Layout)
        {
            case EmbeddingLayout.Npy:
                WriteNpy(Path.Combine(request.Folder, $"{name}.npy"), items.Sum(shard => shard.Length), Enumerable.Range(0, items.Length).Select(rows));
                WriteLines(Path.Combine(request.Folder, $"{name}.jsonl"), items.SelectMany(shard => shard), WriteNames);
                break;
            case EmbeddingLayout.Parquet:
                WriteParquet(modality, Path.Combine(request.Folder, $"{name}.parquet"), items, rows);
                break;
            default:
                for (int shard = 0; shard < items.Length; shard++)
                {
                    WriteNpy(InFolder(folder, $"{folder}_{Shown.Index(shard)}.npy"), items[shard].Length, [rows(shard)]);
                    Remember(modality, shard, items[shard]);
                }
                break;
        }
    }

    // A table of clip-retrieval tells the picture and, where there is one, its text.
    private void Remember(Modality modality, int shard, ShardItem[] items)
    {
        string?[] captions = [.. items.Select(item => item.Caption)];
        if (modality == Modality.Image)
            shardNames.Add((modality.Name, [.. items.Select(item => item.Id)], captions));
        else if (shard >= shardNames.Count)
            shardNames.Add((modality.Name, [.. items.Select(_ => "")], captions));
        else if (arePairs)
            shardNames[shard] = shardNames[shard] with { Captions = captions };
    }

    private void WriteNpy(string path, int rows, IEnumerable<byte[]> shards)
    {
        using OutputFile file = OutputFile.Open(path);
        file.Write(stream =>
        {
            NpyFormat.WriteHeader(stream, request.Type, rows, dimensions);
            foreach (byte[] shard in shards)
                stream.Write(shard);
        });
    }

    private void WriteParquet(Modality modality, string path, ShardItem[][] items, Func<int, byte[]> rows)
    {
        ShardItem[] all = [.. items.SelectMany(shard => shard)];
        var values = new float[checked(all.Length * dimensions)];
        ElementType type = ElementType.Readable(request.Type == WrittenType.Float16 ? NumberType.Float16 : NumberType.Float32);
        int at = 0;
        for (int shard = 0; shard < items.Length; shard++)
        {
            int count = items[shard].Length * dimensions;
            NumberConversion.ToSingle(type, rows(shard), values.AsSpan(at, count));
            at += count;
        }
        var set = new EmbeddingSet(modality, values, dimensions, names: new RowNames
        {
            Ids = [.. all.Select(item => item.Id)],
            Captions = modality == Modality.Text ? [.. all.Select(item => item.Caption!)] : null,
        });
        var writer = (IEmbeddingWriter)AllFormats.List.ByExtension(path)!;
        using OutputFile file = OutputFile.Open(path);
        file.Write(stream => writer.Write(stream, [set], new WriteOptions { Type = request.Type }, default));
    }

    private byte[] Kept(byte[] rows, bool[] kept)
    {
        if (kept.All(row => row))
            return rows;
        var some = new byte[kept.Count(row => row) * RowBytes];
        int next = 0;
        for (int row = 0; row < kept.Length; row++)
            if (kept[row])
            {
                rows.AsSpan(row * RowBytes, RowBytes).CopyTo(some.AsSpan(next));
                next += RowBytes;
            }
        return some;
    }

    private string InFolder(string folder, string name)
    {
        OutputFile.CreateFolder(Path.Combine(request.Folder, folder));
        return Path.Combine(request.Folder, folder, name);
    }

    private static void WriteNames(Utf8JsonWriter json, ShardItem item)
    {
        json.WriteString("id", item.Id);
        if (item.Caption is not null)
            json.WriteString("caption", item.Caption);
        if (item.IsTruncated)
            json.WriteBoolean("truncated", true);
    }

    private static void WriteLines(string path, IEnumerable<ShardItem> items, Action<Utf8JsonWriter, ShardItem> write)
    {
        using OutputFile file = OutputFile.Open(path);
        file.Write(stream =>
        {
            foreach (ShardItem item in items)
            {
                using (var json = new Utf8JsonWriter(stream, Json))
                {
                    json.WriteStartObject();
                    write(json, item);
                    json.WriteEndObject();
                }
                stream.WriteByte((byte)'\n');
            }
        });
    }
}
