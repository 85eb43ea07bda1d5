namespace ModalityGap.Embeddings;

/// <summary>Name and version of the program, as results and files have them.</summary>
internal static class ToolVersion
{
    /// <summary>Such as "modgap 0.1.0".</summary>
    public static string Name { get; } = $"modgap {typeof(ToolVersion).Assembly.GetName().Version!.ToString(3)}";
}
