using System.IO.Compression;
using System.Text;

namespace ModalityGap.Lab.Tests.Clip;

/// <summary>A packed list of pairs, as openai/CLIP has it.</summary>
internal static class VocabularyFile
{
    public static void Write(string path, IEnumerable<string> pairs)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes("#version: 0.2\n" + string.Join('\n', pairs) + "\n"));
    }
}
