namespace ModalityGap.Embeddings;

/// <summary>How rows of two modalities are matched.</summary>
public enum PairingRule
{
    /// <summary>By id where every input has ids, else by row.</summary>
    Automatic,

    /// <summary>Row i with row i.</summary>
    Row,

    /// <summary>Rows with the same id.</summary>
    Id,
}
