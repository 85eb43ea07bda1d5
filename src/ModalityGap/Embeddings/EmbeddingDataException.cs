namespace ModalityGap.Embeddings;

/// <summary>Data that cannot be used as embeddings. The message names the file, the fault and the way out.</summary>
public sealed class EmbeddingDataException : Exception
{
    /// <summary>Describes a fault.</summary>
    /// <param name="source">The file, or what stands for it.</param>
    /// <param name="fault">What is wrong, as a sentence without the file's name.</param>
    /// <param name="remedy">What the user can do about it, as a sentence.</param>
    /// <param name="inner">The exception behind it, if any.</param>
    public EmbeddingDataException(string source, string fault, string remedy, Exception? inner = null)
        : base($"{source}: {fault} {remedy}", inner)
    {
        Fault = fault;
        Remedy = remedy;
        Origin = source;
    }

    /// <summary>The file, or what stands for it.</summary>
    public string Origin { get; }

    /// <summary>What is wrong.</summary>
    public string Fault { get; }

    /// <summary>The way out.</summary>
    public string Remedy { get; }
}
