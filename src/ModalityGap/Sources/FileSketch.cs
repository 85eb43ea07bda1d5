using System.Buffers.Binary;
using System.Security.Cryptography;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// Tells files apart at a glance: SHA-256 over the length and 64 runs of 4 KiB, spread evenly from the first byte to the last. It says
/// whether two parts read the same file, where reading all of it for a fingerprint would cost what the parts are to save; a file that was
/// changed in a few places may keep it.
/// </summary>
internal static class FileSketch
{
    public const string Algorithm = "sha256-of-64-samples";

    private const int Runs = 64, RunBytes = 4 << 10;

    public static Fingerprint Of(SourceFile file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, file.Length);
        hash.AppendData(length);
        byte[] run = new byte[Math.Min(RunBytes, file.Length)];
        for (int i = 0; i < Runs; i++)
        {
            file.ReadAt((long)((Int128)(file.Length - run.Length) * i / (Runs - 1)), run);
            hash.AppendData(run);
        }
        return new Fingerprint(Algorithm, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
