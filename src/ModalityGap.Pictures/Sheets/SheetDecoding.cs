using ModalityGap.Pictures.Decoding;

namespace ModalityGap.Pictures.Sheets;

/// <summary>Decodes some of the wanted pictures at a size, each at its own place.</summary>
internal sealed class SheetDecoding(IReadOnlyList<SheetPicture> pictures, SheetOptions options, Action<double>? progress, CancellationToken cancellation)
{
    /// <summary>The chosen ones, in their order; nothing is said of the progress.</summary>
    public DecodedPicture[] Trial(int cell, int[] chosen) => Decode(cell, chosen, null);

    /// <summary>One entry per wanted picture; both halves are <c>null</c> where it was not chosen.</summary>
    public DecodedPicture[] Run(int cell, int[] chosen)
    {
        DecodedPicture[] some = Decode(cell, chosen, progress);
        var all = new DecodedPicture[pictures.Count];
        for (int k = 0; k < chosen.Length; k++)
            all[chosen[k]] = some[k];
        return all;
    }

    private DecodedPicture[] Decode(int cell, int[] chosen, Action<double>? told) => PictureDecoding.Run(
        chosen.Select((picture, k) => new EncodedPicture(k, pictures[picture].Read)),
        chosen.Length,
        bytes => PictureDecoder.DecodeWhole(bytes, cell),
        new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads },
        told);
}
