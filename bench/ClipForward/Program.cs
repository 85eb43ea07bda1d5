using System.Diagnostics;
using System.Text.Json;
using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Clip.Checkpoints;
using ModalityGap.Lab.Models.Published;
using ModalityGap.Lab.Native;
using ModalityGap.Statistics;
using TorchSharp;
using static TorchSharp.torch;

// Times ViT-B/32 of CLIP on one batch, and hands its weights to bench/clip.py, which does the same in PyTorch. The text tower is made small: it is not timed.
const int Rows = 32, Warm = 2, Times = 10;
ClipArchitecture architecture = ClipArchitecture.VitB32 with
{
    Text = new ClipTextArchitecture { Context = 4, Vocabulary = 8, Width = 64, Depth = 1, Heads = 1, Hidden = 64 },
};
using ClipModel model = PublishedModels.Clip(architecture, new RandomStream(1));
if (!File.Exists(args[0]))
    ClipExport.Write(args[0], model, ClipNaming.OpenClip);

// bench/clip.py makes the same numbers.
float[] values = new float[Rows * 3 * 224 * 224];
for (int i = 0; i < values.Length; i++)
    values[i] = (i * 7919L % 1000 - 500) / 250f;
using Tensor pictures = tensor(values, [Rows, 3, 224, 224]);
using IDisposable plain = no_grad();
float[] first = [];
double[] seconds = new double[Times];
for (int i = -Warm; i < Times; i++)
{
    using DisposeScope scope = NewDisposeScope();
    long start = Stopwatch.GetTimestamp();
    Tensor features = model.EncodeImages(pictures);
    if (i >= 0)
        seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
    first = features.data<float>().ToArray();
}
Array.Sort(seconds);
Console.WriteLine(JsonSerializer.Serialize(new
{
    features = first[..512],
    forward = seconds[Times / 2],
    fastest = seconds[0],
    product = LibTorch.MeasureProductRate(),
    threads = get_num_threads(),
    version = __version__,
}));
