using System.Diagnostics;
using System.Text.Json;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Native;
using ModalityGap.Lab.Tensors;
using ModalityGap.Lab.Training;
using ModalityGap.Statistics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

// Times the step of the laboratory's default model on one batch, and hands weights and batch to bench/training.py, which does the same in PyTorch.
const int Rows = 256, Losses = 5, Steps = 60;
string file = args[0];

var random = new RandomStream(1);
var options = new EncoderOptions();
Vocabulary words = new([.. Enumerable.Range(0, 3000).Select(word => $"word{word}")]);
using DualEncoder model = DualEncoder.Create(options, words, random);
float[] pixels = [.. Enumerable.Range(0, Rows * 3 * options.Side * options.Side).Select(_ => (float)(2 * random.NextUniform() - 1))];
string[] captions = [.. Enumerable.Range(0, Rows).Select(_ => string.Join(' ', Enumerable.Range(0, 2 + random.NextIndex(6)).Select(_ => $"word{random.NextIndex(3000)}")))];
using Tensor pictures = tensor(pixels, [Rows, 3, options.Side, options.Side]), numbers = model.Reader.Read(captions);
List<NamedTensor> tensors = [.. model.state_dict().Select(entry => NamedTensor.Of($"model.{entry.Key}", entry.Value)), NamedTensor.Of("pictures", pictures), NamedTensor.Of("numbers", numbers)];
using (FileStream stream = File.Create(file))
    TensorFile.Write(stream, tensors, new Dictionary<string, string>());

var training = new TrainingOptions();
using AdamW optimizer = ParameterGroups.Optimizer(model, training);
model.train();
float[] losses = [.. Enumerable.Range(0, Losses).Select(_ => Step())];
double[] seconds = new double[Steps];
for (int i = 0; i < Steps; i++)
{
    long start = Stopwatch.GetTimestamp();
    Step();
    seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
}
Array.Sort(seconds);
Console.WriteLine(JsonSerializer.Serialize(new
{
    losses,
    step = seconds[Steps / 2],
    product = LibTorch.MeasureProductRate(),
    threads = get_num_threads(),
    version = __version__,
}));

float Step()
{
    using DisposeScope scope = NewDisposeScope();
    optimizer.zero_grad();
    Tensor loss = ContrastiveLoss.Symmetric(model.EncodeImages(pictures), model.EncodeTexts(numbers), model.Scale());
    loss.backward();
    optimizer.step();
    model.BoundTemperature();
    return loss.item<float>();
}
