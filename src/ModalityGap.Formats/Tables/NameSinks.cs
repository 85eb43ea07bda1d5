using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Tables;

/// <summary>What the columns that name a table's rows hold, each in its sink.</summary>
internal sealed class NameSinks(SourceFile file, TableChoice choice)
{
    /// <summary>The columns with what takes their texts.</summary>
    public IReadOnlyList<(TextColumn From, TextSink Sink)> All { get; } =
        [.. choice.Names.Select(column => (column, new TextSink(file, column)))];

    /// <summary>What was taken.</summary>
    public RowNames Names => new() { Ids = Of(TextRole.Id), Labels = Of(TextRole.Label), Captions = Of(TextRole.Caption) };

    private List<string>? Of(TextRole role) => All.FirstOrDefault(entry => entry.From.Role == role).Sink?.Texts;
}
