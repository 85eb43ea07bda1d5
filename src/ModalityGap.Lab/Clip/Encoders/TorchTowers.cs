using static TorchSharp.torch;

namespace ModalityGap.Lab.Clip.Encoders;

/// <summary>Towers in TorchSharp; without gradients.</summary>
/// <param name="model">The model; disposed of with the towers.</param>
internal sealed class TorchTowers(ClipModel model) : IClipTowers
{
    public int Dimensions => model.Architecture.Dimensions;

    public int Side => model.Architecture.Image.Side;

    public int Context => model.Architecture.Text.Context;

    public int? Vocabulary => model.Architecture.Text.Vocabulary;

    public float[] EncodeImages(float[] pixels, int count) => Run(() => model.EncodeImages(tensor(pixels, [count, 3, Side, Side])));

    public float[] EncodeTexts(long[] tokens, int count) => Run(() => model.EncodeTexts(tensor(tokens, [count, Context])));

    public void Dispose() => model.Dispose();

    private static float[] Run(Func<Tensor> encode)
    {
        using (no_grad())
        using (NewDisposeScope())
            return encode().contiguous().data<float>().ToArray();
    }
}
