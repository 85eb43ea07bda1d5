using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Native;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using TorchSharp;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Training;

/// <summary>
/// Takes the gap out of a model before it is trained: the second tower's last layer is turned by the orthogonal W = UVᵀ from XᵀY = USVᵀ of the training
/// pairs, which
/// minimises Σ‖x_i - W y_i‖² (Liang et al., NeurIPS 2022, section 4.4).
/// </summary>
internal static class AmendedStart
{
    /// <summary>More pairs would not turn it otherwise.</summary>
    private const int MostPairs = 2000;

    /// <summary>Forward passes after which batch normalisation knows its means: 0.9^60 of its start is left.</summary>
    private const int SettlingPasses = 60, SettlingBatch = 128;

    /// <summary>Turns the second tower.</summary>
    public static void Apply(DualEncoder model, TrainingRun run, TrainingTexts texts)
    {
        RandomStream random = new RandomStream(run.Info.Training.Seed).Fork("amended");
        int[] images = [.. random.NextPermutation(run.Split.Train.Count).Take(MostPairs).Select(index => run.Split.Train[index])];
        Settle(model, run.Set, images);
        ImageTextItem[] items = [.. images.Select(image => run.Set.Items[run.Set.Images[image].Item])];
        var embedder = new Embedder(model);
        UnitEmbeddings x = UnitEmbeddings.Normalize(embedder.Images(run.Set, images)), y = UnitEmbeddings.Normalize(embedder.Partners(
            run.Set, images, [.. images.Select(image => texts.Plain(run.Set.Images[image].Item))], items));
        var work = new WorkContext();
        model.TurnSecond(PolarFactor.Of(CrossProduct.Of(x, y, null, null, work), x.Dimensions, work));
    }

    // A convolutional tower computes with a batch's means in training and with remembered ones afterwards; before any training it remembers nothing.
    private static void Settle(DualEncoder model, ImageTextSet set, int[] images)
    {
        if (model.Options.ImageTower != ImageTowerKind.Convolutional)
            return;
        model.train();
        using (no_grad())
            for (int pass = 0; pass < SettlingPasses; pass++)
            {
                int first = pass * SettlingBatch;
                int[] part = [.. Enumerable.Range(0, Math.Min(SettlingBatch, images.Length)).Select(k => images[(first + k) % images.Length])];
                Undisturbed.Run(() => See(model, PictureBatch.Plain(set, part)));
            }
    }

    private static void See(DualEncoder model, Tensor pictures)
    {
        using DisposeScope scope = NewDisposeScope();
        scope.Attach(pictures);
        model.EncodeImages(pictures);
        if (model.Options.Second == SecondInput.Pictures)
            model.EncodeSecondPictures(pictures);
    }
}
