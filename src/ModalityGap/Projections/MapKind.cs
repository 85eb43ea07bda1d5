namespace ModalityGap.Projections;

/// <summary>Ways of laying pairs out in a plane.</summary>
public enum MapKind
{
    /// <summary>The first two singular directions of the stacked rows, uncentred: linear, and honest about the gap.</summary>
    Svd,

    /// <summary>The first two principal directions of the stacked rows, centred: linear.</summary>
    Pca,

    /// <summary>UMAP: who is near whom; lengths mean nothing.</summary>
    Umap,

    /// <summary>t-SNE: who is near whom; lengths mean nothing.</summary>
    Tsne,
}
