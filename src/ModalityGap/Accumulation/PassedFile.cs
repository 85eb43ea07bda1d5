using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Accumulation;

/// <summary>A file of which rows were read.</summary>
/// <param name="Shard">The number of the shard to which it belongs.</param>
/// <param name="Modality">Index of the modality.</param>
/// <param name="Path">The file.</param>
/// <param name="Sketch">What tells it from others at a glance.</param>
/// <param name="Whole">Whether all its rows were read.</param>
/// <param name="Fingerprint">The digest of its bytes; none where only a part of the rows was read, or none is wanted.</param>
internal sealed record PassedFile(int Shard, int Modality, string Path, Fingerprint Sketch, bool Whole, Fingerprint Fingerprint)
{
    /// <summary>What is said of the file's bytes: a file that was read in parts has its sketch only.</summary>
    public Fingerprint Known => Whole ? Fingerprint : Sketch;

    /// <summary>The files of a shard after a pass over it.</summary>
    /// <exception cref="EmbeddingDataException">Two modalities' files are the same, byte for byte.</exception>
    public static PassedFile[] Of(IReadOnlyList<EmbeddingStream> streams, int shard, bool whole, CancellationToken cancellation)
    {
        Dictionary<PassingFingerprint, Fingerprint> fingerprints = [];
        var files = new PassedFile[streams.Count];
        for (int m = 0; m < files.Length; m++)
        {
            Fingerprint fingerprint = streams[m].Provenance.Fingerprint;
            if (whole && streams[m].Digest is { } digest && !fingerprints.TryGetValue(digest, out fingerprint))
                fingerprints.Add(digest, fingerprint = digest.Finish(cancellation));
            files[m] = new PassedFile(shard, m, streams[m].Provenance.Source, streams[m].Sketch, whole, fingerprint);
            RefuseCopy(files.AsSpan(0, m), files[m]);
        }
        return files;
    }

    private static void RefuseCopy(ReadOnlySpan<PassedFile> earlier, PassedFile later)
    {
        foreach (PassedFile file in earlier)
            if (file.Path != later.Path && file.Fingerprint == later.Fingerprint && later.Fingerprint != Fingerprint.None)
                throw new EmbeddingDataException(
                    later.Path, $"it is a copy of {file.Path}, byte for byte.", "Give the other modality's file.");
    }
}
