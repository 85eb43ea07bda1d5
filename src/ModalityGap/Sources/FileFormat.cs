namespace ModalityGap.Sources;

/// <summary>The formats that are read.</summary>
internal enum FileFormat
{
    Npy,
    Npz,
    Safetensors,
    JsonLines,
    Torch,
    TorchOld,
    Pickle,
    Vectors,
}

/// <summary>Tells a file's format by its first bytes; its extension decides only what these leave open.</summary>
internal static class FileFormats
{
    private const int StartBytes = 512;

    public static string NameOf(FileFormat format) => format switch
    {
        FileFormat.Npy => "npy",
        FileFormat.Npz => "npz",
        FileFormat.Safetensors => "safetensors",
        FileFormat.JsonLines => "jsonl",
        FileFormat.Torch or FileFormat.TorchOld => "torch",
        FileFormat.Pickle => "pickle",
        FileFormat.Vectors => "vectors",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    public static FileFormat Of(SourceFile file)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(StartBytes, file.Length)];
        file.ReadAt(0, start);
        string extension = Path.GetExtension(file.Path);
        if (VectorFile.Fits(start, file.Length, extension))
            return FileFormat.Vectors;
        if (start.StartsWith(NpyHeader.Magic))
            return FileFormat.Npy;
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8))
            return TorchArchive.Is(ZipDirectory.Read(file)) ? FileFormat.Torch : FileFormat.Npz;
        if (TorchStream.Begins(start))
            return FileFormat.TorchOld;
        if (PickleFile.Begins(start, extension))
            return FileFormat.Pickle;
        if (SafetensorsArrays.Begins(start) || (Named(extension, ".safetensors") && start.Length > 8 && start[8] == '{'))
            return FileFormat.Safetensors;
        if (JsonLineReader.Begins(start))
            return FileFormat.JsonLines;
        if (VectorFile.IsNamed(extension))
            return FileFormat.Vectors;
        ArrayFault foreign = ForeignFormat.Of(start, extension);
        throw file.Fault(foreign);
    }

    private static bool Named(string extension, string wanted) => extension.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
