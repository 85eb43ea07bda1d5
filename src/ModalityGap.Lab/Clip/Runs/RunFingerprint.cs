using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Clip.Runs;

/// <summary>A digest of everything that decides the bytes of a run, except for the content of its pictures.</summary>
internal static class RunFingerprint
{
    public static string Of(
        ClipEncoder encoder, EmbeddingRequest request, IReadOnlyList<string> pictures, IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in encoder.Files)
        {
            using SourceFile file = SourceFile.Open(path);
            Add(FileFingerprint.Of(file, cancellation).ToString());
        }
        Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Layout} {request.Type} {request.Batch} {request.ShardItems} {encoder.Pixels.Side} {encoder.Pixels.IsUpright}"));
        Add(string.Join(' ', encoder.Pixels.Mean.Concat(encoder.Pixels.Deviation).Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
        foreach (IReadOnlyList<string> inputs in (IReadOnlyList<string>[])[pictures, texts])
        {
            Add(Shown.Index(inputs.Count));
            foreach (string input in inputs)
                Add(input);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string text)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }
    }
}
