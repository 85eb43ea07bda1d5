namespace ModalityGap.Tests.Sources;

/// <summary>A folder of a test's own, gone when the test ends.</summary>
public sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("modgap-sources-");

    public string Path => folder.FullName;

    public string Write(string name, byte[] content)
    {
        string path = System.IO.Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public void Dispose() => folder.Delete(recursive: true);
}
