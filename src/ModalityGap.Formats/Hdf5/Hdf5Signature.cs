namespace ModalityGap.Formats.Hdf5;

/// <summary>How HDF5 files begin.</summary>
internal static class Hdf5Signature
{
    public static ReadOnlySpan<byte> Bytes => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];
}
