using System.Text.Json;
using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Deployment;

/// <summary>
/// A fitted correction as a pair of files: JSON that says what it is and what it was fitted on, such as <c>gap.json</c>, and beside it
/// the matrices, <c>gap.safetensors</c>. Reading gives the same bits back.
/// </summary>
public static class CorrectionFile
{
    /// <summary>Far more than a description takes.</summary>
    private const long MostJsonBytes = 16 << 20;

    private const string Again = "Save the correction again, or copy both of its files.";

    /// <summary>Writes both files: beside their places first, and then moved there, so that no half of one is ever found.</summary>
    /// <param name="path">The JSON file; the other one has its name with the extension <c>.safetensors</c>.</param>
    /// <param name="correction">What to keep.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Save(string path, FittedCorrection correction)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(correction);
        string tensors = Path.ChangeExtension(path, ".safetensors");
        if (string.Equals(tensors, path, StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("The JSON file cannot be called .safetensors: that is the file beside it.", nameof(path));
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!, mark = Path.GetRandomFileName()[..8];
        string newTensors = Path.Combine(folder, $".{Path.GetFileName(tensors)}.{mark}.tmp"), newJson = Path.Combine(folder, $".{Path.GetFileName(path)}.{mark}.tmp");
        try
        {
            var writing = new CorrectionWriting(correction);
            using (FileStream stream = new(newTensors, FileMode.CreateNew, FileAccess.Write))
                SafetensorsTensor.WriteAll(stream, writing.Tensors);
            using (SourceFile written = SourceFile.Open(newTensors))
            using (FileStream stream = new(newJson, FileMode.CreateNew, FileAccess.Write))
                JsonSerializer.Serialize(
                    stream,
                    writing.Document(new TensorsDocument(Path.GetFileName(tensors), written.Length, FileFingerprint.Of(written, default))),
                    CorrectionJsonContext.Default.CorrectionDocument);
            File.Move(newTensors, tensors, overwrite: true);
            File.Move(newJson, path, overwrite: true);
        }
        finally
        {
            File.Delete(newTensors);
            File.Delete(newJson);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="EmbeddingDataException">A file is missing, damaged, changed, or of a newer version; the message says which and what to do.</exception>
    public static FittedCorrection Load(string path)
    {
        CorrectionDocument document = ReadDocument(path);
        string name = document.Tensors.File;
        if (name.Length == 0 || name != Path.GetFileName(name) || name.Contains('\\', StringComparison.Ordinal))
            throw new EmbeddingDataException(path, $"it names \"{Shown.Name(name)}\" where a file beside it is meant.", Again);
        string tensorPath = Path.Combine(Path.GetDirectoryName(path) ?? "", name);
        using SourceFile file = SourceFile.Open(tensorPath);
        if (file.Length != document.Tensors.Bytes)
            throw file.Fault(
                $"it has {Shown.Bytes(file.Length)} where {Path.GetFileName(path)} says {Shown.Bytes(document.Tensors.Bytes)}: it is truncated or another one.", Again);
        if (FileFingerprint.Of(file, default) != document.Tensors.Fingerprint)
            throw file.Fault($"its bytes are not those that {Path.GetFileName(path)} was saved with: it was changed or is another one.", Again);
        return new CorrectionReading(path, document, SafetensorsTensor.ReadAll(file)).Read();
    }

    private static CorrectionDocument ReadDocument(string path)
    {
        using SourceFile file = SourceFile.Open(path);
        if (file.Length > MostJsonBytes)
            throw file.Fault($"it has {Shown.Bytes(file.Length)}, far more than the description of a correction.", "Name the JSON file that the correction was saved to.");
        var bytes = new byte[file.Length];
        file.ReadAt(0, bytes);
        try
        {
            CheckVersion(file, bytes);
            return JsonSerializer.Deserialize(bytes, CorrectionJsonContext.Default.CorrectionDocument)
                ?? throw file.Fault("it holds null instead of a correction.", Again);
        }
        catch (JsonException fault)
        {
            throw file.Fault("it is not the description of a correction.", "Name the JSON file that the correction was saved to.", fault);
        }
    }

    // A newer file may lack what this version requires, so its version is looked at before anything else.
    private static void CheckVersion(SourceFile file, byte[] bytes)
    {
        using JsonDocument json = JsonDocument.Parse(bytes);
        if (json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("schemaVersion", out JsonElement version)
            && version.ValueKind == JsonValueKind.Number
            && version.TryGetInt32(out int number)
            && number != CorrectionDocument.Version)
            throw file.Fault(
                $"it is of schema version {number}; this version reads {CorrectionDocument.Version}.",
                number > CorrectionDocument.Version ? "Update modgap, or fit the correction again with this version." : "Fit the correction again.");
    }
}
