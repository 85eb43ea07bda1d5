using ModalityGap.Lab.Clip;
using TorchSharp.Modules;

namespace ModalityGap.Lab.Models.Published;

/// <summary>
/// How OpenAI's CLIP begins (openai/CLIP, clip/model.py, initialize_parameters): the text tower and the ResNet's pool by their own laws; the vision
/// transformer, of which that function says nothing, by PyTorch's.
/// </summary>
/// <param name="architecture">The model.</param>
internal sealed class ClipStart(ClipArchitecture architecture)
{
    /// <summary>τ before training.</summary>
    private const double Temperature = 0.07;

    private const double TokenDeviation = 0.02, PlaceDeviation = 0.01;

    public StartingLaw LawOf(string name, Parameter parameter) => name switch
    {
        "logit_scale" => StartingLaw.Constant(-Math.Log(Temperature)),
        _ when name.StartsWith("text.", StringComparison.Ordinal) => Text(name, parameter),
        _ => Image(name, parameter),
    };

    private StartingLaw Text(string name, Parameter parameter)
    {
        double width = architecture.Text.Width, attention = 1 / Math.Sqrt(width), deep = attention / Math.Sqrt(2 * architecture.Text.Depth);
        return name.Split('.')[^2..] switch
        {
            ["token_embedding", _] => StartingLaw.Normal(TokenDeviation),
            [_, "positional_embedding"] => StartingLaw.Normal(PlaceDeviation),
            [_, "text_projection"] => StartingLaw.Normal(attention),
            [_, "in_proj_weight"] => StartingLaw.Normal(attention),
            ["out_proj" or "c_proj", "weight"] => StartingLaw.Normal(deep),
            ["c_fc", "weight"] => StartingLaw.Normal(1 / Math.Sqrt(2 * width)),
            _ => Usual(name, parameter),
        };
    }

    private StartingLaw Image(string name, Parameter parameter)
    {
        double width = 1 / Math.Sqrt(architecture.Image.Width), pooled = 1 / Math.Sqrt(ClipResNet.Reduction * architecture.Image.Width);
        return name.Split('.')[^2..] switch
        {
            ["attnpool", "positional_embedding"] => StartingLaw.Normal(pooled),
            ["k_proj" or "q_proj" or "v_proj" or "c_proj", "weight"] when !architecture.Image.IsTransformer => StartingLaw.Normal(pooled),
            ["bn3", "weight"] when name.Contains(".layer", StringComparison.Ordinal) => StartingLaw.Constant(0),
            [_, "class_embedding" or "positional_embedding" or "proj"] => StartingLaw.Normal(width),
            _ => Usual(name, parameter),
        };
    }

    // PyTorch's: attention by Glorot with biases 0; normalisation as the identity; all else within 1/√inputs.
    private StartingLaw Usual(string name, Parameter parameter)
    {
        string[] parts = name.Split('.');
        return parts[^1] switch
        {
            "in_proj_weight" => StartingLaw.Glorot(parameter.shape[1], parameter.shape[0]),
            "in_proj_bias" => StartingLaw.Constant(0),
            "weight" when parameter.dim() == 1 => StartingLaw.Constant(1),
            "weight" => StartingLaw.Usual(parameter.shape[1..].Aggregate(1L, (product, length) => product * length)),
            _ => Bias(name, parts[^2]),
        };
    }

    private StartingLaw Bias(string name, string layer)
    {
        bool isText = name.StartsWith("text.", StringComparison.Ordinal);
        int width = isText ? architecture.Text.Width : architecture.Image.Width;
        int hidden = isText ? architecture.Text.Hidden : architecture.Image.Hidden;
        return layer switch
        {
            "c_fc" => StartingLaw.Usual(width),
            "c_proj" when hidden > 0 => StartingLaw.Usual(hidden),
            "k_proj" or "q_proj" or "v_proj" or "c_proj" => StartingLaw.Usual(ClipResNet.Reduction * width),
            _ => StartingLaw.Constant(0),
        };
    }
}
