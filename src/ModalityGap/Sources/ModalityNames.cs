namespace ModalityGap.Sources;

/// <summary>Guesses what a file or an array holds embeddings of from its name.</summary>
public static class ModalityNames
{
    /// <summary>The modality that a file's name tells, such as <c>image</c> for <c>img_emb_0.npy</c>, or <c>null</c>.</summary>
    public static string? FromPath(string path) => throw new NotImplementedException();

    /// <summary>The modality that an array's key tells, such as <c>text</c> for <c>l14_txt</c>, or <c>null</c>.</summary>
    public static string? FromKey(string key) => throw new NotImplementedException();
}
