using ModalityGap.Embeddings;
using ModalityGap.Sources;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Clip.Checkpoints;

/// <summary>Every tensor of a file has its place in the model and every place its tensor.</summary>
internal static class TensorAccount
{
    private const int MostNames = 8;

    /// <summary>How many batches a normalisation has seen: no evaluation asks for it.</summary>
    private const string Counter = "num_batches_tracked";

    /// <summary>Gives a model its values.</summary>
    /// <param name="model">The model.</param>
    /// <param name="what">What it is, for faults.</param>
    /// <param name="tensors">The values.</param>
    /// <returns>How many stored tensors were used.</returns>
    /// <exception cref="EmbeddingDataException">Tensors are missing, left over, or of another shape; all of them are named, or the first of many.</exception>
    public static int Fill(nn.Module model, string what, PublishedTensors tensors)
    {
        Dictionary<string, Tensor> places = model.state_dict();
        string[] wanted = [.. places.Keys.Where(name => !name.EndsWith(Counter, StringComparison.Ordinal))];
        string[] held = [.. tensors.Names.Where(name => !name.EndsWith(Counter, StringComparison.Ordinal))];
        string[] missing = [.. wanted.Where(name => !tensors.Has(name) || tensors.IsIncomplete(name))];
        string[] left = [.. held.Where(name => !places.ContainsKey(name)).SelectMany(tensors.StoredNames)];
        string[] odd = [.. wanted.Except(missing).Where(name => !tensors.ShapeOf(name).AsSpan().SequenceEqual(places[name].shape))
            .Select(name => $"{name} [{string.Join(", ", tensors.ShapeOf(name))}] instead of [{string.Join(", ", places[name].shape)}]")];
        if (missing.Length + left.Length + odd.Length > 0)
            throw new EmbeddingDataException(
                tensors.Location,
                $"its tensors are not those of {what}."
                    + Sentence("Missing", missing) + Sentence("Left over", left) + Sentence("Of another shape", odd),
                "It is incomplete, or a model of another architecture.");
        int used = 0;
        using (no_grad())
            foreach (string name in wanted)
            {
                using Tensor values = tensor(tensors.Read(name), places[name].shape);
                places[name].copy_(values);
                used += tensors.StoredNames(name).Count;
            }
        return used;
    }

    private static string Sentence(string what, string[] names) =>
        names.Length == 0 ? "" : $" {what} ({Shown.Count(names.Length)}): {Shown.Some([.. names.Order(StringComparer.Ordinal).Select(Shown.Name)], MostNames)}.";
}
