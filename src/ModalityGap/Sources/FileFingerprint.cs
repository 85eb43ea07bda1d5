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
    private const int BlockBytes = 16 << 20;
    private const int PartBytes = 128 << 10;

    public static Fingerprint Of(SourceFile file, CancellationToken cancellation) => file.Length < LongestWhole
        ? new("sha256", Convert.ToHexStringLower(Digest(file, 0, file.Length, cancellation)))
        : new("sha256-of-16MiB-blocks", Convert.ToHexStringLower(OfBlocks(file, cancellation)));

    internal static byte[] OfBlocks(SourceFile file, CancellationToken cancellation)
    {
        int blocks = (int)((file.Length + BlockBytes - 1) / BlockBytes);
        var digests = new byte[blocks * SHA256.HashSizeInBytes];
        var options = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = Environment.ProcessorCount,
        };
        try
        {
            Parallel.For(0, blocks, options, block =>
            {
                long start = (long)block * BlockBytes;
                Digest(file, start, Math.Min(BlockBytes, file.Length - start), cancellation)
                    .CopyTo(digests.AsSpan(block * SHA256.HashSizeInBytes));
            });
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
