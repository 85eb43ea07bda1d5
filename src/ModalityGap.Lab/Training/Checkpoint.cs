using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Tensors;
using ModalityGap.Sources;
using ModalityGap.Statistics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Training;

/// <summary>A model in training, in one safetensors file: weights, the optimiser's moments, and <see cref="CheckpointInfo"/> as JSON.</summary>
internal static class Checkpoint
{
    public const string InfoKey = "modgap-lab";

    private const string StepKey = "optimizer.step";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = false };

    /// <summary>Writes the checkpoint whole or not at all: an earlier one of the same name stays until the new one is complete.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Save(string path, DualEncoder model, AdamW optimizer, CheckpointInfo info)
    {
        List<NamedTensor> tensors = [.. model.state_dict().Select(entry => NamedTensor.Of($"model.{entry.Key}", entry.Value))];
        string[] names = Trained(model);
        List<OptimizerState> states = optimizer.state_dict().State;
        for (int i = 0; i < names.Length; i++)
        {
            var state = (AdamW.State)states[i];
            tensors.Add(NamedTensor.Of($"optimizer.first.{names[i]}", state.exp_avg));
            tensors.Add(NamedTensor.Of($"optimizer.second.{names[i]}", state.exp_avg_sq));
        }
        tensors.Add(new NamedTensor(StepKey, [], new[] { ((AdamW.State)states[0]).step }));
        using OutputFile file = OutputFile.Open(path);
        file.Write(stream => TensorFile.Write(stream, tensors, new Dictionary<string, string> { [InfoKey] = JsonSerializer.Serialize(info, Json) }));
    }

    /// <summary>Reads what a checkpoint says of itself, and its tensors.</summary>
    /// <exception cref="EmbeddingDataException">It is not a checkpoint of this program, or a damaged or newer one.</exception>
    public static (CheckpointInfo Info, Dictionary<string, NamedTensor> Tensors) Read(string path)
    {
        (Dictionary<string, NamedTensor> tensors, Dictionary<string, string> texts) = TensorFile.Read(path);
        if (!texts.TryGetValue(InfoKey, out string? text))
            throw new EmbeddingDataException(path, "it is a safetensors file, but not a checkpoint of modgap-lab.", "Name the checkpoint.safetensors of a training run.");
        CheckpointInfo info;
        try
        {
            info = JsonSerializer.Deserialize<CheckpointInfo>(text, Json)!;
        }
        catch (JsonException)
        {
            throw new EmbeddingDataException(path, "its description makes no sense.", "It is damaged, or of another version: train again.");
        }
        return info.Version <= CheckpointInfo.CurrentVersion
            ? (info, tensors)
            : throw new EmbeddingDataException(path, $"it has version {info.Version}, this program reads {CheckpointInfo.CurrentVersion}.", "Use a newer modgap-lab.");
    }

    /// <summary>The model of a checkpoint.</summary>
    public static DualEncoder Model(string path, CheckpointInfo info, IReadOnlyDictionary<string, NamedTensor> tensors)
    {
        var model = DualEncoder.Create(info.Encoder, new Vocabulary(info.Words), new RandomStream(info.Training.Seed));
        foreach ((string name, Tensor tensor) in model.state_dict())
            Give(path, tensors, $"model.{name}", tensor);
        return model;
    }

    /// <summary>Gives a new optimiser the moments of a checkpoint.</summary>
    public static void Restore(string path, IReadOnlyDictionary<string, NamedTensor> tensors, DualEncoder model, AdamW optimizer)
    {
        string[] names = Trained(model);
        List<OptimizerState> states = optimizer.state_dict().State;
        long step = tensors.TryGetValue(StepKey, out NamedTensor? entry) && entry.Values is long[] and [var value]
            ? value
            : throw new EmbeddingDataException(path, "it lacks the optimiser's step.", "It holds a model only: train from the start.");
        for (int i = 0; i < names.Length; i++)
        {
            var state = (AdamW.State)states[i];
            Give(path, tensors, $"optimizer.first.{names[i]}", state.exp_avg);
            Give(path, tensors, $"optimizer.second.{names[i]}", state.exp_avg_sq);
            state.step = step;
        }
    }

    /// <summary>The names of the parameters that training changes, in the optimiser's order.</summary>
    private static string[] Trained(DualEncoder model) =>
        [.. ParameterGroups.Decayed(model).Concat(ParameterGroups.Free(model)).Concat(ParameterGroups.Temperature(model)).Select(parameter => parameter.name)];

    private static void Give(string path, IReadOnlyDictionary<string, NamedTensor> tensors, string name, Tensor target)
    {
        if (!tensors.TryGetValue(name, out NamedTensor? source) || !source.Shape.AsSpan().SequenceEqual(target.shape))
            throw new EmbeddingDataException(
                path,
                source is null ? $"the tensor {name} is missing." : $"the tensor {name} has shape [{string.Join(", ", source.Shape)}], the model [{string.Join(", ", target.shape)}].",
                "It is a checkpoint of another model.");
        source.CopyTo(target);
    }
}
