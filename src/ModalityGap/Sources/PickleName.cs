namespace ModalityGap.Sources;

/// <summary>What a name in a pickle means to the reader. A name is never looked up in any program: it only is one of these.</summary>
internal enum PickleMeaning
{
    Dictionary,
    List,
    Number,
    Bytes,
    Encode,
    Size,
    Opaque,
    Tensor,
    TensorOfOldKind,
    TensorOfOwnType,
    TensorAsParameter,
    TensorWithState,
    TensorClass,
    Storage,
    NumpyArrayClass,
    NumpyEmptyArray,
    NumpyArrayOverBytes,
    NumpyType,
    NumpyScalar,
}

/// <summary>A name that the reader understands.</summary>
/// <param name="Module">The Python module.</param>
/// <param name="Name">The name in it.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Type">The element type of a storage; <c>null</c> for other names.</param>
internal sealed record PickleName(string Module, string Name, PickleMeaning Meaning, TorchType? Type = null)
{
    public const string Resave = "If you trust the file, load it in Python and save the rows as npy: "
        + "numpy.save('embeddings.npy', numpy.asarray(x, dtype=numpy.float32)).";

    /// <summary>What pickle.dump makes of a tensor: a whole checkpoint inside the pickle.</summary>
    private const string Nested = "_load_from_bytes";

    private static readonly Dictionary<(string, string), PickleName> Known = All().ToDictionary(name => (name.Module, name.Name));

    public override string ToString() => Spell(Module, Name);

    /// <summary>The closed list: whatever is not on it is refused, and nothing on it is ever run.</summary>
    /// <exception cref="Embeddings.EmbeddingDataException">The name is not on the list.</exception>
    public static PickleName Find(SourceFile file, string module, string name) =>
        Known.TryGetValue((module, name), out PickleName? known) ? known : throw file.Fault(
            $"its pickle calls for {Spell(module, name)}, which is none of the few names that are understood here; it was not run.",
            name == Nested ? "Save tensors with torch.save(x, 'embeddings.pt') rather than with pickle." : Resave);

    private static string Spell(string module, string name) => $"{Shown.Name(module)}.{Shown.Name(name)}";

    private static IEnumerable<PickleName> All() =>
    [
        new("collections", "OrderedDict", PickleMeaning.Dictionary),
        new("collections", "defaultdict", PickleMeaning.Dictionary),
        .. Builtins("builtins"),
        .. Builtins("__builtin__"),
        new("_codecs", "encode", PickleMeaning.Encode),
        new("numpy", "ndarray", PickleMeaning.NumpyArrayClass),
        new("numpy", "dtype", PickleMeaning.NumpyType),
        .. Numpy("numpy.core"),
        .. Numpy("numpy._core"),
        new("torch", "Size", PickleMeaning.Size),
        new("torch", "device", PickleMeaning.Opaque),
        new("torch", "Tensor", PickleMeaning.TensorClass),
        new("torch.nn.parameter", "Parameter", PickleMeaning.TensorClass),
        new("torch._utils", "_rebuild_tensor", PickleMeaning.TensorOfOldKind),
        new("torch._utils", "_rebuild_tensor_v2", PickleMeaning.Tensor),
        new("torch._utils", "_rebuild_tensor_v3", PickleMeaning.TensorOfOwnType),
        new("torch._utils", "_rebuild_parameter", PickleMeaning.TensorAsParameter),
        new("torch._utils", "_rebuild_parameter_with_state", PickleMeaning.TensorAsParameter),
        new("torch._tensor", "_rebuild_from_type_v2", PickleMeaning.TensorWithState),
        new("torch.storage", "UntypedStorage", PickleMeaning.Storage, TorchType.Bytes),
        .. TorchType.All.Select(type => new PickleName("torch", type.Storage, PickleMeaning.Storage, type)),
        .. TorchType.All.Select(type => new PickleName("torch", type.Name, PickleMeaning.Opaque, type)),
    ];

    private static IEnumerable<PickleName> Builtins(string module) =>
    [
        new(module, "bytes", PickleMeaning.Bytes),
        new(module, "bytearray", PickleMeaning.Bytes),
        new(module, "list", PickleMeaning.List),
        new(module, "dict", PickleMeaning.Dictionary),
        new(module, "set", PickleMeaning.Opaque),
        new(module, "int", PickleMeaning.Number),
        new(module, "float", PickleMeaning.Number),
    ];

    private static IEnumerable<PickleName> Numpy(string module) =>
    [
        new($"{module}.multiarray", "_reconstruct", PickleMeaning.NumpyEmptyArray),
        new($"{module}.multiarray", "scalar", PickleMeaning.NumpyScalar),
        new($"{module}.numeric", "_frombuffer", PickleMeaning.NumpyArrayOverBytes),
    ];
}
