using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ModalityGap.Lab.Data.Pictures;

/// <summary>Decodes many pictures on all cores; each lands at its own place, so threads change nothing.</summary>
internal static class PictureDecoding
{
    /// <param name="pictures">The pictures in any order. Taken one at a time, so that few are held encoded.</param>
    /// <param name="count">How many places there are.</param>
    /// <param name="options">Side and threads.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>One entry per place; both halves are <c>null</c> where no picture came.</returns>
    public static DecodedPicture[] Run(
        IEnumerable<EncodedPicture> pictures, int count, DataOptions options, Action<double>? progress, CancellationToken cancellation)
    {
        var decoded = new DecodedPicture[count];
        int done = 0;
        try
        {
            Parallel.ForEach(
                Partitioner.Create(pictures, EnumerablePartitionerOptions.NoBuffering), options.Parallel(cancellation), picture =>
                {
                    decoded[picture.Index] = Decode(picture, options.Side);
                    progress?.Invoke((double)Interlocked.Increment(ref done) / count);
                });
        }
        catch (AggregateException all)
        {
            ExceptionDispatchInfo.Throw(all.Flatten().InnerExceptions[0]);
        }
        return decoded;
    }

    private static DecodedPicture Decode(EncodedPicture picture, int side)
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
        return PictureDecoder.Decode(bytes, side);
    }
}
