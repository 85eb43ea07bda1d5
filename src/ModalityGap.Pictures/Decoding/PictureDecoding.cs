using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ModalityGap.Pictures.Decoding;

/// <summary>Decodes many pictures on all cores; each lands at its own place, so threads change nothing.</summary>
internal static class PictureDecoding
{
    /// <param name="pictures">The pictures in any order. Taken one at a time, so that few are held encoded.</param>
    /// <param name="count">How many places there are.</param>
    /// <param name="decode">What becomes of the bytes of one.</param>
    /// <param name="options">Threads, and what stops it.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <returns>One entry per place; both halves are <c>null</c> where no picture came.</returns>
    public static DecodedPicture[] Run(
        IEnumerable<EncodedPicture> pictures, int count, Func<byte[], DecodedPicture> decode, ParallelOptions options, Action<double>? progress)
    {
        var decoded = new DecodedPicture[count];
        int done = 0;
        try
        {
            Parallel.ForEach(
                Partitioner.Create(pictures, EnumerablePartitionerOptions.NoBuffering), options, picture =>
                {
                    decoded[picture.Index] = Decode(picture, decode);
                    progress?.Invoke((double)Interlocked.Increment(ref done) / count);
                });
        }
        catch (AggregateException all)
        {
            ExceptionDispatchInfo.Throw(all.Flatten().InnerExceptions[0]);
        }
        return decoded;
    }

    private static DecodedPicture Decode(EncodedPicture picture, Func<byte[], DecodedPicture> decode)
    {
        byte[] bytes;
        try
        {
            bytes = picture.Read();
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return DecodedPicture.Broken(DecodedPicture.Missing);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return DecodedPicture.Broken("cannot be read");
        }
        return decode(bytes);
    }
}
