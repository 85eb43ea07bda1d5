using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// A digest of a file's bytes: of the whole below 256 MB, else of its blocks' digests, which can be computed in parallel.
/// </summary>
internal static class FileFingerprint
{
    public const long LongestWhole = 256_000_000;
    public const int BlockBytes = 16 << 20;
    private const int PartBytes = 128 << 10;

    public static Fingerprint Of(SourceFile file, CancellationToken cancellation) => file.Length < LongestWhole
        ? new("sha256", Convert.ToHexStringLower(Digest(file, 0, file.Length, cancellation)))
        : OfBlocks(file, new byte[Blocks(file)][], cancellation);

    /// <summary>Number of blocks of a file, the last of which may be shorter.</summary>
    public static int Blocks(SourceFile file) => (int)((file.Length + BlockBytes - 1) / BlockBytes);

    /// <summary>Bytes of a block.</summary>
    public static long LengthOf(SourceFile file, long block) => Math.Min(BlockBytes, file.Length - block * BlockBytes);

    /// <summary>The fingerprint of a large file of which the digests of some blocks are known.</summary>
    public static Fingerprint OfBlocks(SourceFile file, byte[]?[] known, CancellationToken cancellation) =>
        new("sha256-of-16MiB-blocks", Convert.ToHexStringLower(Digest(file, known, cancellation)));

    internal static byte[] OfBlocks(SourceFile file, CancellationToken cancellation) => Digest(file, new byte[Blocks(file)][], cancellation);

    private static byte[] Digest(SourceFile file, byte[]?[] known, CancellationToken cancellation)
    {
        var digests = new byte[known.Length * SHA256.HashSizeInBytes];
        var options = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = Environment.ProcessorCount,
        };
        try
        {
            Parallel.For(0, known.Length, options, block =>
                (known[block] ?? Digest(file, (long)block * BlockBytes, LengthOf(file, block), cancellation))
                    .CopyTo(digests.AsSpan(block * SHA256.HashSizeInBytes)));
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
        return SHA256.HashData(digests);
    }

    private static byte[] Digest(SourceFile file, long start, long length, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            for (long done = 0; done < length; done += PartBytes)
            {
                cancellation.ThrowIfCancellationRequested();
                Span<byte> part = buffer.AsSpan(0, (int)Math.Min(PartBytes, length - done));
                file.ReadAt(start + done, part);
                hash.AppendData(part);
            }
            return hash.GetHashAndReset();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
