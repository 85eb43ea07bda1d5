using System.Buffers.Binary;

namespace ModalityGap.Sources;

/// <summary>
/// The tensors of a PyTorch checkpoint of the old kind: pickles of a magic number, a version, the writer's system, the object and
/// the keys of its storages, then each storage: its number of elements and these.
/// </summary>
internal static class TorchStream
{
    private const int Version = 1001;

    /// <summary>A pickle of the number 0x1950a86a20f9469cfc6c.</summary>
    private static ReadOnlySpan<byte> Magic => [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    public static bool Begins(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    public static List<StoredArray> List(SourceFile file)
    {
        var input = new PickleInput(file, Magic.Length, file.Length - Magic.Length);
        if (PickleMachine.Run(file, input).Integer is not Version)
            throw file.Fault($"it is a PyTorch checkpoint of the old kind, but not of version {Version}.", PickleName.Resave);
        bool bigEndian = IsBig(PickleMachine.Run(file, input));
        Dictionary<string, TorchStorage> storages = [];
        PickleValue value = PickleMachine.Run(file, input, storages);
        if (PickleMachine.Run(file, input).Item is not PickleList keys)
            throw file.Fault("it does not list its storages.", PickleInput.Damaged);
        Dictionary<string, FileRegion> regions = Find(file, input, keys, storages, bigEndian);
        return PickledArrays.List(file, value, (name, tensor) => regions.TryGetValue(tensor.Storage.Key, out FileRegion? storage)
            ? TensorLayout.Place(file, name, tensor with { Offset = tensor.Offset + tensor.Storage.Offset }, storage, bigEndian)
            : throw file.Fault($"it lacks the storage {Shown.Name(tensor.Storage.Key)} of a tensor.", PickleInput.Damaged));
    }

    private static Dictionary<string, FileRegion> Find(
        SourceFile file, PickleInput input, PickleList keys, Dictionary<string, TorchStorage> storages, bool bigEndian)
    {
        Dictionary<string, FileRegion> regions = [];
        for (int i = 0; i < keys.Count; i++)
        {
            if (PickleText.Of(keys[i]) is not string key || !storages.TryGetValue(key, out TorchStorage? storage))
                throw file.Fault("it lists a storage that no tensor uses.", PickleInput.Damaged);
            ReadOnlySpan<byte> announced = input.Take(sizeof(long));
            long count = bigEndian ? BinaryPrimitives.ReadInt64BigEndian(announced) : BinaryPrimitives.ReadInt64LittleEndian(announced);
            if (count < 0 || count > input.Left / storage.Type.Width)
                throw file.Fault(
                    $"its storage {Shown.Name(key)} announces {Shown.Count(count)} elements of {storage.Type.Name}, "
                    + $"but {Shown.Bytes(input.Left)} follow.",
                    PickleInput.Damaged);
            regions[key] = input.Region(count * storage.Type.Width);
        }
        return regions;
    }

    private static bool IsBig(PickleValue system)
    {
        if (system.Item is not PickleDictionary dictionary)
            return false;
        for (int i = 0; i < dictionary.Count; i++)
        {
            if (PickleText.Of(dictionary.Key(i)) == "little_endian")
                return !dictionary.Value(i).IsTrue;
        }
        return false;
    }
}
