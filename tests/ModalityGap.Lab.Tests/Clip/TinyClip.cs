using System.Runtime.InteropServices;
using System.Text.Json;
using ModalityGap.Lab.Clip;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Clip;

/// <summary>The small reference models of <c>../shared/data/clip-tiny</c> as folders that a user could have, and a smaller one that every clone has.</summary>
internal static class TinyClip
{
    public static readonly ClipArchitecture Vit = new()
    {
        Dimensions = 24,
        Image = new ClipImageArchitecture { Side = 32, Width = 64, Depth = 2, Patch = 8, Heads = 1, Hidden = 96 },
        Text = new ClipTextArchitecture { Context = 16, Vocabulary = 600, Width = 64, Depth = 2, Heads = 1, Hidden = 128 },
    };

    public static readonly ClipArchitecture ResNet = Vit with
    {
        Image = new ClipImageArchitecture { Side = 64, Width = 8, Stages = [1, 2, 1, 1], Heads = 4 },
    };

    /// <summary>A folder with the weights and the configuration of a reference model.</summary>
    /// <param name="folder">Where to put it.</param>
    /// <param name="model"><c>vit</c> or <c>rn</c>.</param>
    /// <param name="naming"><c>openclip</c> or <c>huggingface</c>.</param>
    public static string Prepare(TemporaryFolder folder, string model, string naming)
    {
        string weights = SharedFolder.File("data", "clip-tiny", $"{model}.{naming}.safetensors");
        File.Copy(weights, folder["model.safetensors"], overwrite: true);
        WriteConfiguration(folder, model);
        return folder.Path;
    }

    public static void WriteConfiguration(TemporaryFolder folder, string model) =>
        File.WriteAllText(folder["open_clip_config.json"], Info(model).GetProperty("config").GetRawText());

    public static string[] Texts(string model) => [.. Info(model).GetProperty("texts").EnumerateArray().Select(text => text.GetString()!)];

    /// <summary>The values of an npy file that NumPy wrote with a short header: version 1, row-major.</summary>
    public static T[] Array<T>(params string[] parts)
        where T : unmanaged
    {
        byte[] file = File.ReadAllBytes(SharedFolder.File(["data", .. parts]));
        return MemoryMarshal.Cast<byte, T>(file.AsSpan(10 + BitConverter.ToUInt16(file, 8))).ToArray();
    }

    private static JsonElement Info(string model) =>
        JsonDocument.Parse(File.ReadAllText(SharedFolder.File("data", "clip-tiny", $"{model}.json"))).RootElement;
}
