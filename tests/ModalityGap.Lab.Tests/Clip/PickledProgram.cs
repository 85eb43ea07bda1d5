using System.IO.Compression;
using System.Text;

namespace ModalityGap.Lab.Tests.Clip;

/// <summary>A PyTorch archive with a pickle of one's choice.</summary>
internal static class PickledProgram
{
    public static byte[] Checkpoint(string pickle)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream data = archive.CreateEntry("model/data.pkl", CompressionLevel.NoCompression).Open();
            data.Write(Encoding.ASCII.GetBytes(pickle));
        }
        return bytes.ToArray();
    }
}
