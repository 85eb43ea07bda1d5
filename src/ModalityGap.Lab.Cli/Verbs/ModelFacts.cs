using System.Globalization;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Clip.Checkpoints;
using ModalityGap.Lab.Clip.Encoders;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>What <c>modgap-lab doctor --model</c> says of a CLIP model.</summary>
internal static class ModelFacts
{
    public static IEnumerable<(string Name, string Value)> Of(ClipEncoder encoder, ModelCheck check)
    {
        yield return ("model", encoder.Location);
        foreach ((string name, string value) in encoder.Checkpoint is { } checkpoint ? OfCheckpoint(checkpoint) : OfOnnx(encoder))
            yield return (name, value);
        yield return ("pictures", Text($"{encoder.Pixels.Side} x {encoder.Pixels.Side}, mean {Numbers(encoder.Pixels.Mean)}, deviation {Numbers(encoder.Pixels.Deviation)}"));
        yield return ("vocabulary", Text($"{encoder.Tokenizer.Size:N0} tokens, {encoder.Tokenizer.Context} a text, from {Path.GetFileName(encoder.Tokenizer.Source)}"));
        yield return ("cosines, matched", Text(
            $"{check.MatchedMean:0.000} on average ({check.Matched.Min():0.000} to {check.Matched.Max():0.000}) of {check.Pictures} drawn pictures with their sentences; expected {ModelCheck.Lowest} to {ModelCheck.Highest}"));
        yield return ("cosines, others", Text($"{check.OtherMean:0.000} on average; expected below the matched ones"));
        yield return ("nearest", Text($"{check.First} of {check.Pictures} pictures are nearest to their own sentence; expected at least half"));
        yield return ("verdict", check.Passes
            ? "the model sees what it should"
            : "not a trained CLIP model as it should be: random or damaged weights, another vocabulary, another non-linearity, or another mean and deviation");
    }

    private static IEnumerable<(string Name, string Value)> OfCheckpoint(ClipCheckpoint checkpoint)
    {
        ClipModel model = checkpoint.Model;
        int counters = checkpoint.StoredTensors - checkpoint.UsedTensors - checkpoint.IgnoredTensors;
        yield return ("architecture", Text($"{model.Architecture}, {model.Architecture.Activation}, {model.ParameterCount:N0} parameters"));
        yield return ("tensors", Text(
            $"{checkpoint.StoredTensors} stored ({string.Join(", ", checkpoint.Types)}), {checkpoint.UsedTensors} used, none missing, none left over; {checkpoint.IgnoredTensors + counters} without weights (sizes, counters)"));
        yield return ("naming", checkpoint.Naming == ClipNaming.HuggingFace ? "Hugging Face's" : "OpenAI's and open_clip's");
        yield return ("scale", Text($"{model.LogitScale:0.###}, a temperature of {1 / model.LogitScale:0.#####}"));
        foreach (Finding finding in checkpoint.Findings)
            yield return ("note", finding.Message);
    }

    private static IEnumerable<(string Name, string Value)> OfOnnx(ClipEncoder encoder)
    {
        foreach (string file in ((OnnxTowers)encoder.Towers).Description)
            yield return ("onnx", file);
        yield return ("dimensions", Text($"{encoder.Towers.Dimensions}"));
    }

    private static string Numbers(IEnumerable<float> values) => string.Join(' ', values.Select(value => value.ToString("0.###", CultureInfo.InvariantCulture)));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
