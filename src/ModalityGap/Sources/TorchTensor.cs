namespace ModalityGap.Sources;

/// <summary>A storage as a checkpoint refers to it: elements of one type under a key.</summary>
/// <param name="Key">Its key: the name of a member of the archive.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Count">Number of elements.</param>
/// <param name="Offset">Where in the storage a view of it begins, in elements; only checkpoints of the old kind have such views.</param>
internal sealed record TorchStorage(string Key, TorchType Type, long Count, long Offset);

/// <summary>A tensor: a view of a storage.</summary>
/// <param name="Storage">The storage, which several tensors may share.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Offset">Where in the storage its first element lies, in elements of its type.</param>
/// <param name="Shape">The length of each axis.</param>
/// <param name="Strides">How many elements lie from one index to the next on each axis.</param>
internal sealed record TorchTensor(TorchStorage Storage, TorchType Type, long Offset, long[] Shape, long[] Strides);
