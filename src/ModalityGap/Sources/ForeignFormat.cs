namespace ModalityGap.Sources;

/// <summary>Recognises files of other kinds by their first bytes, to say what they are and how to get embeddings out of them.</summary>
internal static class ForeignFormat
{
    private const string Saved = "Save the rows as npy: numpy.save('embeddings.npy', x.astype(numpy.float32)).";
    private const string FromTable = "Save its embedding column as npy: "
        + "numpy.save('embeddings.npy', numpy.stack(table['embedding']).astype(numpy.float32)).";
    private const string FromHdf5 = "Save its data set as npy: numpy.save('embeddings.npy', h5py.File(path)['embeddings'][:]).";
    private const string FromMatlab =
        "Save its matrix as npy: numpy.save('embeddings.npy', scipy.io.loadmat(path)['embeddings']).";
    private const string FromJson = "Write one JSON object per line instead (JSON Lines): jq -c '.[]' old.json > new.jsonl.";
    private const string NotEncoded = "Encode it with a model such as CLIP first, and give the embeddings.";
    private const string Compressed = "Unpack it first.";

    private static readonly (byte[] Start, string What, string Remedy)[] ByStart =
    [
        ([0x89, .. "HDF\r\n"u8], "an HDF5 file", FromHdf5),
        ([.. "PAR1"u8], "a Parquet file", FromTable),
        ([.. "ARROW1"u8], "an Arrow (Feather) file", FromTable),
        ([.. "FEA1"u8], "a Feather file", FromTable),
        (new byte[16], "a block of zeros", "Copy it again: the transfer or the disk lost its content."),
        ([0x1f, 0x8b], "a gzip file", "Unpack it first: gunzip."),
        ([0x28, 0xb5, 0x2f, 0xfd], "a zstd file", "Unpack it first: zstd -d."),
        ([.. "BZh"u8], "a bzip2 file", "Unpack it first: bunzip2."),
        ([0xfd, .. "7zXZ"u8], "an xz file", "Unpack it first: unxz."),
        ([0x04, 0x22, 0x4d, 0x18], "an lz4 file", Compressed),
        ([.. "7z"u8, 0xbc, 0xaf], "a 7-Zip archive", Compressed),
        ([0x89, .. "PNG"u8], "a PNG image", NotEncoded),
        ([0xff, 0xd8, 0xff], "a JPEG image", NotEncoded),
        ([.. "GIF8"u8], "a GIF image", NotEncoded),
        ([.. "RIFF"u8], "a WebP image, a sound or a film", NotEncoded),
        ([.. "%PDF"u8], "a PDF document", NotEncoded),
        ([.. "SQLite format 3"u8], "an SQLite database", Saved),
        ([.. "MATLAB 5.0"u8], "a MATLAB file", FromMatlab),
        ([.. "version https://git-lfs"u8], "a Git LFS pointer, not the file itself", "Fetch the file: git lfs pull."),
        ([.. "<!DOCTYPE"u8], "a web page, as a failed download leaves it", "Download it again, signed in if need be."),
        ([.. "<!doctype"u8], "a web page, as a failed download leaves it", "Download it again, signed in if need be."),
        ([.. "<html"u8], "a web page, as a failed download leaves it", "Download it again, signed in if need be."),
        ([0xff, 0xfe], "text in UTF-16, as some shells redirect it", "Save it as UTF-8."),
        ([0xfe, 0xff], "text in UTF-16", "Save it as UTF-8."),
        ([.. "["u8], "a JSON array", FromJson),
    ];

    /// <summary>What a file looks like that begins so and is of no known format.</summary>
    /// <param name="start">Its first bytes.</param>
    /// <param name="extension">The ending of its name.</param>
    /// <param name="known">The formats that are known, in a sentence.</param>
    public static ArrayFault Of(ReadOnlySpan<byte> start, string extension, string known)
    {
        if (BySignature(start) is { } recognised)
            return recognised;
        if (IsText(start))
            return new(
                start.IndexOfAny((byte)',', (byte)'\t', (byte)';') >= 0
                    ? "it looks like a table in text (csv or tsv)."
                    : "it looks like plain text.",
                "Save the numbers as npy: numpy.save('embeddings.npy', numpy.loadtxt(path, delimiter=',', dtype=numpy.float32)).");
        string named = extension.Length > 0 ? $"it is named {Shown.Name(extension)}, but " : "";
        return new(
            $"{named}its first bytes, {Convert.ToHexString(start[..Math.Min(8, start.Length)])}, are those of no known format.",
            $"Give {known}. " + Saved);
    }

    /// <summary>What a file is that begins with a known signature; <c>null</c> when it begins with none.</summary>
    public static ArrayFault? BySignature(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] signature, string what, string remedy) in ByStart)
        {
            if (start.StartsWith(signature))
                return new($"it looks like {what}.", remedy);
        }
        return start.Length > 262 && start[257..].StartsWith("ustar"u8) ? new("it looks like a tar archive.", "Unpack it first.") : null;
    }

    /// <summary>What a zip archive is when it is not NumPy's; <c>null</c> when it is.</summary>
    public static ArrayFault? OfArchive(IReadOnlyCollection<string> names)
    {
        if (names.Contains("[Content_Types].xml"))
            return new("it looks like an office document.", "Export the numbers, and save them as npy.");
        return names.Any(name => name.EndsWith(".npy", StringComparison.Ordinal))
            ? null
            : new("it is a zip archive without a NumPy array.", "Unpack it, and name the file inside that holds the embeddings.");
    }

    public static bool IsText(ReadOnlySpan<byte> start)
    {
        foreach (byte value in start)
        {
            if (value is (< 0x20 and not ((byte)'\t' or (byte)'\r' or (byte)'\n')) or >= 0x7f)
                return false;
        }
        return true;
    }
}
