using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Clip.Checkpoints;
using ModalityGap.Lab.Models.Published;
using ModalityGap.Statistics;
using ModalityGap.Testing;
using SkiaSharp;

namespace ModalityGap.Lab.Tests.Clip;

/// <summary>A folder as a user has it: a model with configuration and vocabulary, pictures, texts.</summary>
internal static class SmallClipFolder
{
    public static readonly string[] Pairs = ["t h", "th e</w>", "c a", "ca t</w>", "d o", "do g</w>"];

    /// <summary>The folder <c>model</c> with a ViT of random weights.</summary>
    public static string WriteModel(TemporaryFolder folder, long seed = 5)
    {
        Directory.CreateDirectory(folder["model"]);
        using ClipModel model = PublishedModels.Clip(TinyClip.Vit, new RandomStream(seed));
        ClipExport.Write(folder["model/model.safetensors"], model, ClipNaming.OpenClip);
        File.WriteAllText(folder["model/open_clip_config.json"], """
            {"model_cfg": {"embed_dim": 24, "quick_gelu": true, "vision_cfg": {"image_size": 32, "width": 64, "layers": 2, "head_width": 64}, "text_cfg": {"heads": 1}},
             "preprocess_cfg": {"mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25]}}
            """);
        VocabularyFile.Write(folder["model/bpe_simple_vocab_16e6.txt.gz"], Pairs);
        return folder["model"];
    }

    /// <summary>The folder <c>pictures</c> with noise of different sizes: p00.png, p01.png, ...</summary>
    public static string WritePictures(TemporaryFolder folder, int count)
    {
        Directory.CreateDirectory(folder["pictures"]);
        for (int i = 0; i < count; i++)
        {
            int shift = 100 * i;
            File.WriteAllBytes(
                folder[$"pictures/p{i:00}.png"], TestPicture.Encode(40 + i, 36, (x, y) => TestPicture.Noise(x + shift, y)));
        }
        return folder["pictures"];
    }

    public static byte[] Red => TestPicture.Plain(40, 40, SKColors.Red);
}
