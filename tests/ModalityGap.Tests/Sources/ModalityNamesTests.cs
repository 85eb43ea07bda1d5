using ModalityGap.Sources;

namespace ModalityGap.Tests.Sources;

public sealed class ModalityNamesTests
{
    [Theory]
    [InlineData("img_emb_0.npy", "image")]
    [InlineData("/data/things200_img_vith14.npy", "image")]
    [InlineData("things200_eeg_sub08.npy", "eeg")]
    [InlineData("imagenet_text_b32_p2.npy", "text")]
    [InlineData("vit.text_features.npy", "text")]
    [InlineData("captions.jsonl", "text")]
    [InlineData("ProteinEmbeddings.npz", "protein")]
    [InlineData("AUDIO-clips.npy", "audio")]
    [InlineData("features_videoclip.npy", null)]
    [InlineData("features_clip.npy", null)]
    [InlineData("image_text_pairs.npy", null)]
    [InlineData("/images/embeddings.npy", null)]
    public void FromPath_KnownWords_AreRecognised(string path, string? modality) => Assert.Equal(modality, ModalityNames.FromPath(path));

    [Theory]
    [InlineData("b32_img", "image")]
    [InlineData("l14_txt", "text")]
    [InlineData("image_embedding", "image")]
    [InlineData("textEmbedding", "text")]
    [InlineData("img2", "image")]
    [InlineData("imagine", null)]
    [InlineData("", null)]
    public void FromKey_KnownWords_AreRecognised(string key, string? modality) => Assert.Equal(modality, ModalityNames.FromKey(key));
}
