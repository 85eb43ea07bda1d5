using ModalityGap.Corrections;
using ModalityGap.Deployment;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Verbs;

/// <summary>The two files of a correction, known to be writable before the work.</summary>
internal sealed class CorrectionOutput
{
    private CorrectionOutput(string path) => Path = path;

    /// <summary>The JSON file.</summary>
    public string Path { get; }

    /// <summary>The file beside it.</summary>
    public string Tensors => System.IO.Path.ChangeExtension(Path, ".safetensors");

    /// <summary>Says where.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static CorrectionOutput Open(string path)
    {
        var output = new CorrectionOutput(path);
        if (path == "-")
            throw new OutputException("A correction is two files and does not go to standard output. Name a file with --out, such as gap.json.");
        if (string.Equals(output.Tensors, path, StringComparison.OrdinalIgnoreCase))
            throw new OutputException($"{path}: is the name of the matrices beside the correction. Name a .json file.");
        foreach (string file in (string[])[path, output.Tensors])
            OutputFile.Open(file).Dispose();
        return output;
    }

    /// <summary>Writes both files.</summary>
    /// <exception cref="OutputException">They cannot be written.</exception>
    public void Save(FittedCorrection correction)
    {
        try
        {
            CorrectionFile.Save(Path, correction);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.For(Path, exception);
        }
    }
}
