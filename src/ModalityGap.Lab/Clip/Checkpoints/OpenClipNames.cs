namespace ModalityGap.Lab.Clip.Checkpoints;

/// <summary>OpenAI's and open_clip's names, which are ours but for the text tower's.</summary>
internal static class OpenClipNames
{
    private const string Text = "text.";

    private static readonly string[] OfText = ["transformer.", "token_embedding.", "positional_embedding", "ln_final.", "text_projection"];

    // What OpenAI's files keep beside the weights: sizes, and a mask that follows from them.
    private static readonly string[] Sizes = ["input_resolution", "context_length", "vocab_size", "attn_mask"];

    public static bool IsWeightless(string name) => Sizes.Contains(name) || name == $"{Text}attn_mask";

    public static TensorPart Read(string name) => new(OfText.Any(start => name.StartsWith(start, StringComparison.Ordinal)) ? Text + name : name);

    public static string Write(string ours) => ours.StartsWith(Text, StringComparison.Ordinal) ? ours[Text.Length..] : ours;
}
