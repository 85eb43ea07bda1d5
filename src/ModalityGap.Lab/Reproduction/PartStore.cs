using System.Text;
using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Reproduction;

/// <summary>
/// Finished parts of an experiment, each a file that is written whole or not at all: an experiment that was stopped goes on after the last of
/// them, with the same numbers as if it had never stopped.
/// </summary>
/// <param name="folder">The folder of the experiment's results.</param>
/// <param name="settings">What its parts are made with; a part made with anything else is refused.</param>
internal sealed class PartStore(string folder, string settings)
{
    private readonly string location = Path.Combine(folder, "parts");

    /// <summary>The part of this name: read where it is finished, else made and written.</summary>
    /// <exception cref="EmbeddingDataException">It was made with other settings, or is damaged.</exception>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public double[][] Get(string name, Func<double[][]> make)
    {
        string path = Path.Combine(location, name + ".json");
        if (File.Exists(path))
            return Read(path);
        double[][] values = make();
        OutputFile.CreateFolder(location);
        using OutputFile file = OutputFile.Open(path);
        file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new StoredPart(settings, values), PartJsonContext.Default.StoredPart)));
        return values;
    }

    /// <summary>The path of a file or a folder beside the parts, which goes with them; theirs is there.</summary>
    /// <exception cref="OutputException">The folder of the parts cannot be created.</exception>
    public string Beside(string name)
    {
        OutputFile.CreateFolder(location);
        return Path.Combine(location, name);
    }

    /// <summary>Removes the parts of a finished experiment.</summary>
    public void Clear()
    {
        if (Directory.Exists(location))
            Directory.Delete(location, recursive: true);
    }

    private double[][] Read(string path)
    {
        StoredPart? part;
        try
        {
            part = JsonSerializer.Deserialize(File.ReadAllText(path), PartJsonContext.Default.StoredPart);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(path, "this part of an experiment cannot be read.", "Delete the file: the part will be made again.", exception);
        }
        if (part?.Settings == settings)
            return part.Values;
        throw new EmbeddingDataException(
            path,
            $"it was made with other settings ({part?.Settings}), not with {settings}.",
            $"Give the same options to go on, delete {location} to begin anew, or choose another folder with --out.");
    }
}
