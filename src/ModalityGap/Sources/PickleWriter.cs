using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ModalityGap.Sources;

/// <summary>Writes a pickle of protocol 2, as torch.save does: one dictionary of tensors and lists of texts.</summary>
internal sealed class PickleWriter
{
    private const byte ProtocolNumber = 2;

    private readonly ArrayBufferWriter<byte> output = new();

    public void Begin() => Put((byte)PickleCode.Protocol, ProtocolNumber, (byte)PickleCode.EmptyDictionary, (byte)PickleCode.Mark);

    public byte[] End()
    {
        Put((byte)PickleCode.SetItems, (byte)PickleCode.Stop);
        return output.WrittenSpan.ToArray();
    }

    public void Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Put((byte)PickleCode.Unicode4);
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), bytes.Length);
        output.Advance(sizeof(int));
        output.Write(bytes);
    }

    public void Texts(IReadOnlyList<string> texts)
    {
        Put((byte)PickleCode.EmptyList, (byte)PickleCode.Mark);
        foreach (string text in texts)
            Text(text);
        Put((byte)PickleCode.Appends);
    }

    /// <summary>A tensor (rows x dimensions) over the whole of a storage.</summary>
    public void Tensor(string storage, int rows, int dimensions, WrittenType type)
    {
        Name("torch._utils", "_rebuild_tensor_v2");
        Put((byte)PickleCode.Mark, (byte)PickleCode.Mark);
        Text("storage");
        Name("torch", type switch
        {
            WrittenType.Float16 => "HalfStorage",
            WrittenType.Float32 => "FloatStorage",
            _ => "DoubleStorage",
        });
        Text(storage);
        Text("cpu");
        Integer((long)rows * dimensions);
        Put((byte)PickleCode.Tuple, (byte)PickleCode.BinaryPersistentId);
        Integer(0);
        Pair(rows, dimensions);
        Pair(dimensions, 1);
        Put((byte)PickleCode.NewFalse);
        Name("collections", "OrderedDict");
        Put((byte)PickleCode.EmptyTuple, (byte)PickleCode.Reduce, (byte)PickleCode.Tuple, (byte)PickleCode.Reduce);
    }

    private void Pair(long first, long second)
    {
        Integer(first);
        Integer(second);
        Put((byte)PickleCode.Tuple2);
    }

    private void Integer(long value)
    {
        Put((byte)PickleCode.Long1, sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    private void Name(string module, string name)
    {
        Put((byte)PickleCode.Global);
        output.Write(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));
    }

    private void Put(params ReadOnlySpan<byte> bytes) => output.Write(bytes);
}
