using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Clip.Runs;

/// <summary>
/// The finished shards of a run, kept until all are: rows as bare elements, and beside them a line for each input. A shard is there once its rows
/// are, which are written last and whole.
/// </summary>
/// <param name="folder">The folder of the shards.</param>
/// <param name="modality">What they are of.</param>
/// <param name="type">The element type.</param>
internal sealed class ShardStore(string folder, Modality modality, WrittenType type)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool Has(int shard) => File.Exists(RowsOf(shard));

    /// <summary>Keeps a shard.</summary>
    /// <param name="shard">Its number.</param>
    /// <param name="rows">The rows of the inputs without a fault, row-major.</param>
    /// <param name="dimensions">d.</param>
    /// <param name="items">All inputs.</param>
    /// <param name="source">The model, for faults.</param>
    public void Write(int shard, float[] rows, int dimensions, IReadOnlyList<ShardItem> items, string source)
    {
        var bytes = new byte[rows.Length * RowWriting.SizeOf(type)];
        int beyond = RowWriting.Encode(rows, bytes, type);
        if (beyond >= 0)
            throw RowWriting.Beyond(source, modality, beyond / dimensions, rows[beyond]);
        using (OutputFile names = OutputFile.Open(ItemsOf(shard)))
            names.Write(stream =>
            {
                foreach (ShardItem item in items)
                {
                    JsonSerializer.Serialize(stream, item, Json);
                    stream.WriteByte((byte)'\n');
                }
            });
        using OutputFile values = OutputFile.Open(RowsOf(shard));
        values.Write(bytes);
    }

    public ShardItem[] Items(int shard) => [.. File.ReadLines(ItemsOf(shard)).Select(line => JsonSerializer.Deserialize<ShardItem>(line, Json)!)];

    /// <summary>The elements of the rows.</summary>
    public byte[] Rows(int shard) => File.ReadAllBytes(RowsOf(shard));

    private string RowsOf(int shard) => Path.Combine(folder, $"{modality}-{Shown.Index(shard)}.rows");

    private string ItemsOf(int shard) => Path.Combine(folder, $"{modality}-{Shown.Index(shard)}.jsonl");
}
