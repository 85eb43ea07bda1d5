using System.Security.Cryptography;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// The fingerprint of a large file from the bytes that a pass over its rows reads anyway. Each modality's run of bytes is one chain, fed in
/// order; a block of which no chain saw every byte (a header, where two arrays meet, the end) is read again.
/// </summary>
internal sealed class PassingFingerprint(SourceFile file)
{
    private readonly byte[]?[] digests = new byte[FileFingerprint.Blocks(file)][];

    /// <summary>Whether the bytes of the pass help: smaller files have one digest over everything, and are read again.</summary>
    public bool Listens => file.Length >= FileFingerprint.LongestWhole;

    /// <summary>Begins to listen at a place in the file.</summary>
    public Chain Open(long offset) => new(this, offset);

    /// <summary>The fingerprint, when every chain has come to its end.</summary>
    public Fingerprint Finish(CancellationToken cancellation) => Listens ? FinishBlocks(cancellation) : FileFingerprint.Of(file, cancellation);

    internal Fingerprint FinishBlocks(CancellationToken cancellation) => FileFingerprint.OfBlocks(file, digests, cancellation);

    /// <summary>How many blocks were heard whole.</summary>
    internal int Heard => digests.Count(digest => digest is not null);

    private long LengthOf(long block) => FileFingerprint.LengthOf(file, block);

    /// <summary>A run of bytes in their order.</summary>
    public sealed class Chain(PassingFingerprint owner, long offset) : IDisposable
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long at = offset;
        private bool whole;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                (long block, long within) = Math.DivRem(at, FileFingerprint.BlockBytes);
                long left = owner.LengthOf(block) - within;
                int count = (int)Math.Min(left, bytes.Length);
                whole |= within == 0;
                if (whole)
                    hash.AppendData(bytes[..count]);
                if (whole && count == left)
                    owner.digests[block] = hash.GetHashAndReset();
                at += count;
                bytes = bytes[count..];
            }
        }

        public void Dispose() => hash.Dispose();
    }
}
