using System.Buffers.Binary;

namespace ModalityGap.Sources;

/// <summary>What the names that are understood give when a pickle calls them: only the arguments decide, and nothing is run.</summary>
internal static class PickleCalls
{
    /// <summary>NumPy allows no more axes.</summary>
    private const int MostAxes = 64;

    /// <summary>A function may be the argument of another so often.</summary>
    private const int MostNested = 4;

    /// <summary>The result; <c>null</c> when these arguments mean nothing.</summary>
    public static PickleValue? Call(SourceFile file, PickleName name, PickleValue[] arguments, int depth = 0) => name.Meaning switch
    {
        PickleMeaning.Dictionary => ToDictionary(file, arguments),
        PickleMeaning.List => arguments.Length == 0 ? new PickleValue(new PickleList()) : null,
        PickleMeaning.Number => arguments.Length == 0 ? PickleValue.Of(0) : null,
        PickleMeaning.Bytes => ToBytes(file, arguments),
        PickleMeaning.Encode => ToBytes(file, arguments),
        PickleMeaning.Size => arguments is [{ Item: PickleValue[] }] ? arguments[0] : null,
        PickleMeaning.Opaque => PickleValue.Opaque,
        PickleMeaning.Tensor or PickleMeaning.TensorOfOldKind or PickleMeaning.TensorOfOwnType => ToTensor(name.Meaning, arguments),
        PickleMeaning.TensorAsParameter => arguments is [{ Item: TorchTensor }, ..] ? arguments[0] : null,
        PickleMeaning.TensorWithState => arguments is [{ Item: PickleName inner }, { Item: PickleName }, { Item: PickleValue[] own }, ..]
            && depth < MostNested
            ? Call(file, inner, own, depth + 1)
            : null,
        PickleMeaning.NumpyEmptyArray => arguments is [{ Item: PickleName { Meaning: PickleMeaning.NumpyArrayClass } }, ..]
            ? new PickleValue(new PickledArray())
            : null,
        PickleMeaning.NumpyArrayOverBytes => ToArray(file, arguments),
        PickleMeaning.NumpyType => arguments is [{ } code, ..] && PickleText.Of(code) is string text
            ? new PickleValue(new PickledType(text))
            : null,
        PickleMeaning.NumpyScalar => arguments is [{ Item: PickledType type }, { } bytes] ? ToScalar(file, type, bytes) : null,
        _ => null,
    };

    /// <summary>A tuple or a list of integers, such as a shape; <c>null</c> for anything else.</summary>
    public static long[]? Integers(PickleValue value)
    {
        if (value.Item is not PickleValue[] { Length: <= MostAxes } tuple)
            return null;
        var integers = new long[tuple.Length];
        for (int i = 0; i < integers.Length; i++)
        {
            if (tuple[i].Integer is not long integer)
                return null;
            integers[i] = integer;
        }
        return integers;
    }

    /// <summary>A storage, by which a checkpoint refers to what lies beside its pickle.</summary>
    public static TorchStorage? ToStorage(PickleValue reference)
    {
        if (reference.Item is not PickleValue[] { Length: >= 5 } parts
            || PickleText.Of(parts[0]) != "storage"
            || parts[1].Item is not PickleName { Meaning: PickleMeaning.Storage, Type: { } type }
            || PickleText.Of(parts[2]) is not string key
            || parts[4].Integer is not long count)
            return null;
        bool isView = parts.Length > 5 && !parts[5].IsNone;
        long? offset = !isView ? 0 : parts[5].Item is PickleValue[] { Length: 3 } view ? view[1].Integer : null;
        return offset is null ? null : new TorchStorage(key, type, count, offset.Value);
    }

    private static PickleValue? ToTensor(PickleMeaning meaning, PickleValue[] arguments)
    {
        if (arguments.Length < 4
            || arguments[0].Item is not TorchStorage storage
            || arguments[1].Integer is not long offset
            || Integers(arguments[2]) is not long[] shape
            || Integers(arguments[3]) is not long[] strides)
            return null;
        TorchType? type = storage.Type;
        if (meaning == PickleMeaning.TensorOfOwnType)
            type = arguments.Length > 6 && arguments[6].Item is PickleName own ? own.Type : null;
        int extras = meaning == PickleMeaning.TensorOfOwnType ? 7 : 6;
        // What stands there changes the values: a conjugate or a negative that was not worked out.
        bool isPlain = arguments.Length <= extras || arguments[extras].IsNone || arguments[extras].Item is PickleDictionary { Count: 0 };
        return type is null || !isPlain ? null : new PickleValue(new TorchTensor(storage, type, offset, shape, strides));
    }

    private static PickleValue? ToDictionary(SourceFile file, PickleValue[] arguments)
    {
        var dictionary = new PickleDictionary();
        // Older Pythons give an ordered dictionary its entries as a list of pairs.
        if (arguments is [{ Item: PickleList pairs }])
        {
            for (int i = 0; i < pairs.Count; i++)
            {
                PickleValue pair = pairs[i];
                if (pair.Item is PickleValue[] { Length: 2 } tuple)
                    dictionary.Set(file, tuple);
                else if (pair.Item is PickleList { Count: 2 } list)
                    dictionary.Set(file, [list[0], list[1]]);
                else
                    return null;
            }
        }
        return new PickleValue(dictionary);
    }

    /// <summary>Bytes from text in Latin-1, as protocols before the third write them.</summary>
    private static PickleValue? ToBytes(SourceFile file, PickleValue[] arguments)
    {
        if (arguments.Length == 0)
            return new PickleValue(new MemoryBytes([]));
        if (arguments is [{ Item: StoredBytes }])
            return arguments[0];
        bool latin = arguments is [_, { } encoding] && PickleText.Of(encoding) is "latin1" or "latin-1";
        return latin && PickleText.ToLatin(file, arguments[0]) is { } bytes ? new PickleValue(bytes) : null;
    }

    private static PickleValue? ToArray(SourceFile file, PickleValue[] arguments)
    {
        var array = new PickledArray();
        bool whole = arguments is [{ } data, { } type, { } shape, { } order]
            && PickleText.Of(order) is "C" or "F"
            && array.TrySet(file, shape, type, PickleText.Of(order) == "F", data);
        return whole ? new PickleValue(array) : null;
    }

    private static PickleValue? ToScalar(SourceFile file, PickledType type, PickleValue value)
    {
        StoredBytes? bytes = value.Item as StoredBytes ?? PickleText.ToLatin(file, value);
        if (bytes is null)
            return null;
        Span<byte> content = stackalloc byte[8];
        content = content[..bytes.ReadStart(content)];
        if (type.Code.StartsWith('>'))
            content.Reverse();
        return (type.Code.TrimStart('<', '>', '=', '|'), content.Length) switch
        {
            ("f2", 2) => PickleValue.Of((double)BinaryPrimitives.ReadHalfLittleEndian(content)),
            ("f4", 4) => PickleValue.Of((double)BinaryPrimitives.ReadSingleLittleEndian(content)),
            ("f8", 8) => PickleValue.Of(BinaryPrimitives.ReadDoubleLittleEndian(content)),
            ("i4", 4) => PickleValue.Of((long)BinaryPrimitives.ReadInt32LittleEndian(content)),
            ("i8", 8) => PickleValue.Of(BinaryPrimitives.ReadInt64LittleEndian(content)),
            _ => PickleValue.Opaque,
        };
    }
}
