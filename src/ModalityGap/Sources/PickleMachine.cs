using System.Buffers.Binary;
using System.Buffers.Text;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// Reads a pickle, protocols 0 to 5, without Python: a stack machine that builds lists, dictionaries, texts and numbers, and of
/// everything else only what <see cref="PickleName"/> lists. It imports nothing, runs nothing and needs no recursion.
/// </summary>
internal sealed class PickleMachine
{
    private const int NewestProtocol = 5;
    private const int LongestName = 256;

    private readonly SourceFile file;
    private readonly PickleInput input;
    private readonly PickleStack stack;
    private readonly Dictionary<string, TorchStorage>? storages;

    private PickleMachine(SourceFile file, PickleInput input, Dictionary<string, TorchStorage>? storages)
    {
        this.file = file;
        this.input = input;
        this.storages = storages;
        stack = new PickleStack(file);
    }

    /// <summary>Reads one pickle; the input then stands behind it.</summary>
    /// <param name="file">The file, for faults and memory.</param>
    /// <param name="input">Where the pickle begins.</param>
    /// <param name="storages">
    /// Where the storages that a checkpoint refers to are noted; <c>null</c> for a pickle that can have none.
    /// </param>
    public static PickleValue Run(SourceFile file, PickleInput input, Dictionary<string, TorchStorage>? storages = null) =>
        new PickleMachine(file, input, storages).Run();

    private PickleValue Run()
    {
        while (true)
        {
            var code = (PickleCode)input.Byte();
            if (code == PickleCode.Stop)
                return stack.Pop();
            bool known = Scalar(code) || TextOrBytes(code) || Container(code) || Memory(code) || Object(code);
            if (!known)
                throw Unknown(code);
        }
    }

    private bool Scalar(PickleCode code)
    {
        switch (code)
        {
            case PickleCode.None: stack.Push(PickleValue.None); break;
            case PickleCode.NewTrue: stack.Push(PickleValue.Of(true)); break;
            case PickleCode.NewFalse: stack.Push(PickleValue.Of(false)); break;
            case PickleCode.BinaryInt: stack.Push(PickleValue.Of((long)input.Int32())); break;
            case PickleCode.BinaryInt1: stack.Push(PickleValue.Of((long)input.Byte())); break;
            case PickleCode.BinaryInt2: stack.Push(PickleValue.Of((long)BinaryPrimitives.ReadUInt16LittleEndian(input.Take(2)))); break;
            case PickleCode.BinaryFloat: stack.Push(PickleValue.Of(BinaryPrimitives.ReadDoubleBigEndian(input.Take(8)))); break;
            case PickleCode.Long1: Long(input.Length(1)); break;
            case PickleCode.Long4: Long(input.Length(4)); break;
            case PickleCode.Int or PickleCode.Long: stack.Push(WrittenInteger()); break;
            case PickleCode.Float: stack.Push(WrittenReal()); break;
            default: return false;
        }
        return true;
    }

    private bool TextOrBytes(PickleCode code)
    {
        switch (code)
        {
            case PickleCode.Unicode1: Text(input.Length(1)); break;
            case PickleCode.Unicode4: Text(input.Length(4)); break;
            case PickleCode.Unicode8: Text(input.Length(8)); break;
            case PickleCode.Bytes1 or PickleCode.String1: stack.PushNew(input.Region(input.Length(1))); break;
            case PickleCode.Bytes4 or PickleCode.String4: stack.PushNew(input.Region(input.Length(4))); break;
            case PickleCode.Bytes8 or PickleCode.ByteArray8: stack.PushNew(input.Region(input.Length(8))); break;
            case PickleCode.Unicode: Line(); break;
            case PickleCode.String: stack.PushNew(PickleQuoted.Read(file, input.Line())); break;
            default: return false;
        }
        return true;
    }

    private bool Container(PickleCode code)
    {
        switch (code)
        {
            case PickleCode.EmptyTuple: stack.Push(new PickleValue(Array.Empty<PickleValue>())); break;
            case PickleCode.Tuple1: stack.Push(new PickleValue(stack.PopTuple(1))); break;
            case PickleCode.Tuple2: stack.Push(new PickleValue(stack.PopTuple(2))); break;
            case PickleCode.Tuple3: stack.Push(new PickleValue(stack.PopTuple(3))); break;
            case PickleCode.Tuple: stack.Push(new PickleValue(stack.PopTupleToMark())); break;
            case PickleCode.EmptyList: stack.PushNew(new PickleList()); break;
            case PickleCode.List: NewList(); break;
            case PickleCode.Append: Append([stack.Pop()]); break;
            case PickleCode.Appends: Append(stack.PopToMark()); break;
            case PickleCode.EmptyDictionary: stack.PushNew(new PickleDictionary()); break;
            case PickleCode.Dictionary: NewDictionary(); break;
            case PickleCode.SetItem: Set(stack.PopTuple(2)); break;
            case PickleCode.SetItems: Set(stack.PopToMark()); break;
            case PickleCode.EmptySet: stack.Push(PickleValue.Opaque); break;
            case PickleCode.FrozenSet: stack.PopToMark(); stack.Push(PickleValue.Opaque); break;
            case PickleCode.AddItems: stack.PopToMark(); stack.Peek(); break;
            default: return false;
        }
        return true;
    }

    private bool Memory(PickleCode code)
    {
        switch (code)
        {
            case PickleCode.Protocol: Protocol(input.Byte()); break;
            case PickleCode.Frame: input.Length(8); break;
            case PickleCode.Mark: stack.Mark(); break;
            case PickleCode.Pop: stack.Drop(); break;
            case PickleCode.PopMark: stack.PopToMark(); break;
            case PickleCode.Duplicate: stack.Push(stack.Peek()); break;
            case PickleCode.Memoize: stack.Memoize(); break;
            case PickleCode.BinaryPut: stack.Put(input.Byte()); break;
            case PickleCode.BinaryPut4: stack.Put((uint)input.Int32()); break;
            case PickleCode.Put: stack.Put(WrittenInteger().Integer ?? -1); break;
            case PickleCode.BinaryGet: stack.Get(input.Byte()); break;
            case PickleCode.BinaryGet4: stack.Get((uint)input.Int32()); break;
            case PickleCode.Get: stack.Get(WrittenInteger().Integer ?? -1); break;
            default: return false;
        }
        return true;
    }

    private bool Object(PickleCode code)
    {
        switch (code)
        {
            case PickleCode.Global: stack.Push(new PickleValue(PickleName.Find(file, Name(), Name()))); break;
            case PickleCode.StackGlobal: StackGlobal(); break;
            case PickleCode.Instance: throw Uncallable(PickleName.Find(file, Name(), Name()).ToString());
            case PickleCode.Reduce: Reduce(); break;
            case PickleCode.Build: Build(); break;
            case PickleCode.BinaryPersistentId: PersistentId(); break;
            default: return false;
        }
        return true;
    }

    private void Protocol(int version)
    {
        if (version > NewestProtocol)
            throw file.Fault($"its pickle is of protocol {version}; 0 to {NewestProtocol} are known.", PickleInput.Damaged);
    }

    private void Long(long length)
    {
        if (length > sizeof(long))
        {
            input.Region(length);
            stack.Push(PickleValue.Opaque);
            return;
        }
        ReadOnlySpan<byte> bytes = input.Take((int)length);
        long value = length > 0 && bytes[^1] >= 0x80 ? -1 : 0;
        for (int i = (int)length - 1; i >= 0; i--)
            value = (value << 8) | bytes[i];
        stack.Push(PickleValue.Of(value));
    }

    private void Text(long length)
    {
        if (length <= PickleText.LongestShort)
            stack.Push(new PickleValue(PickleText.Decode(file, input.Take((int)length), escaped: false)));
        else
            stack.PushNew(new PickleText(input.Region(length), escaped: false));
    }

    private void Line()
    {
        if (input.TryShortLine(out ReadOnlySpan<byte> line))
            stack.Push(new PickleValue(PickleText.Decode(file, line, escaped: true)));
        else
            stack.PushNew(new PickleText(input.Line(), escaped: true));
    }

    /// <summary>An integer in digits; the oldest protocols write truth values as 00 and 01, and an L behind long ones.</summary>
    private PickleValue WrittenInteger()
    {
        ReadOnlySpan<byte> line = WrittenLine();
        if (line.SequenceEqual("00"u8) || line.SequenceEqual("01"u8))
            return PickleValue.Of(line[1] == '1');
        line = line.TrimEnd((byte)'L');
        bool whole = Utf8Parser.TryParse(line, out long value, out int consumed) && consumed == line.Length;
        bool digits = line.TrimStart((byte)'-') is { IsEmpty: false } rest && rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        return whole ? PickleValue.Of(value) : digits ? PickleValue.Opaque : throw NoNumber();
    }

    private PickleValue WrittenReal()
    {
        ReadOnlySpan<byte> line = WrittenLine();
        if (Utf8Parser.TryParse(line, out double value, out int consumed) && consumed == line.Length)
            return PickleValue.Of(value);
        return line.SequenceEqual("inf"u8) ? PickleValue.Of(double.PositiveInfinity)
            : line.SequenceEqual("-inf"u8) ? PickleValue.Of(double.NegativeInfinity)
            : line.SequenceEqual("nan"u8) || line.SequenceEqual("-nan"u8) ? PickleValue.Of(double.NaN)
            : throw NoNumber();
    }

    private ReadOnlySpan<byte> WrittenLine() => input.TryShortLine(out ReadOnlySpan<byte> line) ? line : throw NoNumber();

    private string Name() => input.TryShortLine(out ReadOnlySpan<byte> line) && line.Length <= LongestName
        ? PickleText.Decode(file, line, escaped: false)
        : throw file.Fault("its pickle calls for a name that is too long to be one.", PickleInput.Damaged);

    private void NewList()
    {
        var list = new PickleList();
        list.Add(file, stack.PopToMark());
        stack.PushNew(list);
    }

    private void NewDictionary()
    {
        var dictionary = new PickleDictionary();
        dictionary.Set(file, Pairs(stack.PopToMark()));
        stack.PushNew(dictionary);
    }

    private void Append(ReadOnlySpan<PickleValue> items)
    {
        if (stack.Peek().Item is PickleList list)
            list.Add(file, items);
        else
            throw Odd("appends to what is no list");
    }

    private void Set(ReadOnlySpan<PickleValue> items)
    {
        if (stack.Peek().Item is PickleDictionary dictionary)
            dictionary.Set(file, Pairs(items));
        else
            throw Odd("sets entries of what is no dictionary");
    }

    private ReadOnlySpan<PickleValue> Pairs(ReadOnlySpan<PickleValue> items) =>
        items.Length % 2 == 0 ? items : throw Odd("has a key without a value");

    private void StackGlobal()
    {
        PickleValue[] names = stack.PopTuple(2);
        if (PickleText.Of(names[0]) is not string module || PickleText.Of(names[1]) is not string name)
            throw Odd("calls for a name that is no text");
        stack.Push(new PickleValue(PickleName.Find(file, module, name)));
    }

    private void Reduce()
    {
        PickleValue[] call = stack.PopTuple(2);
        if (call[0].Item is not PickleName name || call[1].Item is not PickleValue[] arguments)
            throw Odd("calls what is no name");
        file.Charge(2 * PickleMemory.ObjectBytes);
        stack.Push(PickleCalls.Call(file, name, arguments) ?? throw Uncallable(name.ToString()));
    }

    /// <summary>Gives an object its state. Dictionaries and tensors may have attributes, which say nothing about rows.</summary>
    private void Build()
    {
        PickleValue state = stack.Pop();
        bool understood = stack.Peek().Item switch
        {
            PickledArray array => state.Item is PickleValue[] parts && array.TrySet(file, parts),
            PickledType type => state.Item is PickleValue[] parts && type.TrySet(parts),
            PickleDictionary or TorchTensor => state.Item is PickleDictionary,
            _ => false,
        };
        if (!understood)
            throw Odd("gives an object a state that is not understood");
    }

    private void PersistentId()
    {
        if (storages is null)
            throw Odd("refers to objects that are not in this file");
        TorchStorage storage = PickleCalls.ToStorage(stack.Pop()) ?? throw Odd("refers to a storage in a way that is not understood");
        storages.TryAdd(storage.Key, storage);
        stack.PushNew(storage);
    }

    private EmbeddingDataException NoNumber() => file.Fault("its pickle holds text where a number should be.", PickleInput.Damaged);

    private EmbeddingDataException Uncallable(string name) => file.Fault(
        $"its pickle uses {name} in a way that is not understood here; it was not run.", PickleName.Resave);

    private EmbeddingDataException Odd(string what) => file.Fault($"its pickle {what}.", PickleName.Resave);

    private EmbeddingDataException Unknown(PickleCode code) => code switch
    {
        PickleCode.NewObject or PickleCode.NewObjectWithNames or PickleCode.Object => Odd(
            "makes objects of a class, which is not done here"),
        PickleCode.NextBuffer or PickleCode.ReadOnlyBuffer => Odd("has buffers that were written beside it (buffer_callback)"),
        PickleCode.Extension1 or PickleCode.Extension2 or PickleCode.Extension4 => Odd("calls for a registered extension"),
        PickleCode.PersistentId => Odd("refers to objects that are not in this file"),
        _ => file.Fault($"its pickle has an unknown instruction, 0x{(byte)code:X2}, before byte {Shown.Count(input.Position)}.", PickleInput.Damaged),
    };
}
