using ModalityGap.Sources;
using ParquetSharp;

namespace ModalityGap.Lab.Clip.Runs;

/// <summary>The table beside a shard of clip-retrieval: <c>image_path</c> and <c>caption</c> of each row.</summary>
internal static class MetadataTable
{
    private const string ImagePath = "image_path", Caption = "caption";

    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Write(string path, string[] ids, string?[] captions)
    {
        using OutputFile file = OutputFile.Open(path);
        file.Write(stream =>
        {
            using var table = new ParquetFileWriter(stream, [new Column<string>(ImagePath), new Column<string>(Caption)], leaveOpen: true);
            using (RowGroupWriter rows = table.AppendRowGroup())
            {
                using (LogicalColumnWriter<string> column = rows.NextColumn().LogicalWriter<string>())
                    column.WriteBatch(ids);
                using (LogicalColumnWriter<string?> column = rows.NextColumn().LogicalWriter<string?>())
                    column.WriteBatch(captions);
            }
            table.Close();
        });
    }
}
