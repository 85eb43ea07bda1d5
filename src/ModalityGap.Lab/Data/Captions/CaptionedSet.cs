using ModalityGap.Pictures.Decoding;

namespace ModalityGap.Lab.Data.Captions;

/// <summary>Makes a set of captioned pictures: one item and one picture each, one style.</summary>
internal static class CaptionedSet
{
    /// <param name="name">What the set is called.</param>
    /// <param name="source">The file or folder, for faults.</param>
    /// <param name="pictures">The pictures with their captions, in the order of the set.</param>
    /// <param name="encode">Gives the pictures' bytes, by their places among those that have captions.</param>
    /// <param name="left">What was left out so far.</param>
    /// <param name="options">Side, threads, what may be broken.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Stops it.</param>
    public static OpenedData Load(
        string name,
        string source,
        IReadOnlyList<CaptionedPicture> pictures,
        Func<IReadOnlyList<CaptionedPicture>, IEnumerable<EncodedPicture>> encode,
        LeftOut left,
        DataOptions options,
        IProgress<AnalysisProgress>? progress,
        CancellationToken cancellation)
    {
        List<CaptionedPicture> captioned = WithCaptions(pictures, left);
        string stage = $"decoding {PictureMemory.Check(source, captioned.Count, options)}";
        DecodedPicture[] decoded = PictureDecoding.Run(
            encode(captioned),
            captioned.Count,
            bytes => PictureDecoder.Decode(bytes, options.Side),
            options.Parallel(cancellation),
            share => progress?.Report(new AnalysisProgress(stage, share)));
        List<ImageTextItem> items = [];
        List<byte[]> pixels = [];
        for (int i = 0; i < captioned.Count; i++)
        {
            if (decoded[i].Planes is { } planes)
            {
                items.Add(new ImageTextItem { Id = captioned[i].Id, Texts = captioned[i].Captions, Group = captioned[i].Group });
                pixels.Add(planes);
            }
            else if (decoded[i].Fault is null or DecodedPicture.Missing)
                left.Missing(captioned[i].Id);
            else
                left.Broken(captioned[i].Id, decoded[i].Fault!);
        }
        left.Judge(source, items.Count, options.MostBroken);
        return new OpenedData
        {
            Set = new ImageTextSet(name, items, ["picture"], [.. items.Select((_, i) => new ImageRow(i, 0))], pixels, options.Side),
            Findings = left.Findings,
            Licences = ["Your own files: their licence is whatever you have them under."],
        };
    }

    private static List<CaptionedPicture> WithCaptions(IReadOnlyList<CaptionedPicture> pictures, LeftOut left)
    {
        List<CaptionedPicture> captioned = [];
        foreach (CaptionedPicture picture in pictures)
        {
            string[] captions = [.. picture.Captions.Select(CaptionText.OneLine).Where(caption => caption.Length > 0)];
            left.EmptyCaptions(picture.Captions.Count - captions.Length);
            if (captions.Length > 0)
                captioned.Add(picture with { Captions = captions });
            else
                left.WithoutCaption(picture.Id);
        }
        return captioned;
    }
}
