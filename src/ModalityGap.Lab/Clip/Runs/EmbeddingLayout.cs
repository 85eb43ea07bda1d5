namespace ModalityGap.Lab.Clip.Runs;

/// <summary>How the embeddings of a run lie in its folder.</summary>
public enum EmbeddingLayout
{
    /// <summary><c>images.npy</c> and <c>texts.npy</c>, with <c>images.jsonl</c> and <c>texts.jsonl</c>: a line a row, with its id and caption.</summary>
    Npy,

    /// <summary><c>images.parquet</c> and <c>texts.parquet</c>: id, caption and embedding in one table.</summary>
    Parquet,

    /// <summary>
    /// <c>img_emb/img_emb_0.npy</c>, ..., <c>text_emb/text_emb_0.npy</c>, ... and <c>metadata/metadata_0.parquet</c>, ..., as clip-retrieval has it: a shard each, rows of norm 1.
    /// </summary>
    ClipRetrieval,
}
