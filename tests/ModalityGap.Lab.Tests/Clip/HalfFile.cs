using ModalityGap.Lab.Tensors;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Tests.Clip;

/// <summary>Writes tensors in half precision, as published models are.</summary>
internal static class HalfFile
{
    public static void Write(string path, IEnumerable<NamedTensor> tensors, string type)
    {
        NamedTensor[] all = [.. tensors];
        using FileStream file = File.Create(path);
        SafetensorsHeader.Write(file, all.Select(tensor => (tensor.Name, type, sizeof(ushort), tensor.Shape)));
        foreach (float value in all.SelectMany(tensor => (float[])tensor.Values))
            file.Write(type == "F16" ? BitConverter.GetBytes((Half)value) : BitConverter.GetBytes(value)[2..]);
    }
}
