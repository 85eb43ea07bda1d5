using System.Buffers;
using Apache.Arrow.Memory;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Arrow;

/// <summary>Gives the library memory as long as the file's length justifies it: a compressed buffer announces its own length.</summary>
internal sealed class ArrowMemory(SourceFile file) : MemoryAllocator(64)
{
    private const long Small = 8L << 20;

    // Every buffer once as stored and once unpacked.
    private long allowance = Small + (5 * file.Length);

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        allowance -= length;
        if (length < 0 || allowance < 0)
            throw file.Fault(
                $"its {Shown.Bytes(file.Length)} unpack to far more than embeddings do.", "If that is right, save it without compression.");
        bytesAllocated = length;
        return new Owner(new byte[length]);
    }

    private sealed class Owner(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => bytes;

        public void Dispose()
        {
            // The garbage collector takes it back.
        }
    }
}
