using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Native;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Clip.Encoders;

/// <summary>
/// A tower in an ONNX file, whose inputs and outputs are told by their types and shapes: pictures are float n x 3 x side x side, texts are integers
/// n x length, and so is a mask beside them; embeddings are float n x d. A file of both towers gets a blank for the other's input.
/// </summary>
internal sealed class OnnxTower : IDisposable
{
    private const string Way = "Export each tower alone: pictures n x 3 x side x side or tokens n x 77 in, embeddings n x d out.";

    /// <summary>Sizes where a file leaves them open.</summary>
    public const int UsualSide = 224, UsualContext = 77;

    private readonly string path;
    private readonly InferenceSession session;

    private OnnxTower(string path, InferenceSession session)
    {
        (this.path, this.session) = (path, session);
        Pixels = session.InputMetadata.FirstOrDefault(input => IsFloat(input.Value) && input.Value.Dimensions.Length == 4).Key;
        Tokens = session.InputMetadata.Where(input => IsInteger(input.Value) && input.Value.Dimensions.Length == 2)
            .OrderBy(input => IsMask(input.Key)).FirstOrDefault().Key;
        if (Pixels is null && Tokens is null)
            throw new EmbeddingDataException(path, $"none of its inputs is of pictures or of tokens ({Named(session.InputMetadata)}).", Way);
    }

    /// <summary>The input of pictures, or <c>null</c>.</summary>
    public string? Pixels { get; }

    /// <summary>The input of tokens, or <c>null</c>.</summary>
    public string? Tokens { get; }

    /// <summary>Height and width of pictures; 0 where the file leaves it open.</summary>
    public int Side => Pixels is null ? 0 : Math.Max(0, session.InputMetadata[Pixels].Dimensions[3]);

    /// <summary>Numbers of a text; 0 where the file leaves it open.</summary>
    public int Context => Tokens is null ? 0 : Math.Max(0, session.InputMetadata[Tokens].Dimensions[1]);

    /// <summary>Such as "pixels, float 5 x 3 x 64 x 64".</summary>
    public string Description => $"{Named(session.InputMetadata)} -> {Named(session.OutputMetadata)}";

    /// <exception cref="EmbeddingDataException">It is no ONNX model, or not one of a tower.</exception>
    public static OnnxTower Open(string path)
    {
        UnreadablePath.Check(path, EmbeddingFormats.Core);
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
            return new OnnxTower(path, new InferenceSession(path, options));
        }
        catch (OnnxRuntimeException exception) when (!MemoryShortage.IsCause(exception))
        {
            throw new EmbeddingDataException(path, "it is no ONNX model that can be run here, or a damaged one.", "Export it again, or take it from where it came.", exception);
        }
    }

    /// <summary>n x 3 x side x side values to n x d.</summary>
    public float[] EncodeImages(float[] pixels, int count, int side) =>
        Run(count, new DenseTensor<float>(pixels, [count, 3, side, side]), null, ["image", "visual", "vision"]);

    /// <summary>n x length numbers to n x d.</summary>
    public float[] EncodeTexts(long[] tokens, int count) => Run(count, null, tokens, ["text"]);

    public void Dispose() => session.Dispose();

    private float[] Run(int count, DenseTensor<float>? pixels, long[]? tokens, string[] kinds)
    {
        int side = Side == 0 ? UsualSide : Side, texts = tokens is null ? 1 : count;
        tokens ??= new long[Context == 0 ? UsualContext : Context];
        List<NamedOnnxValue> inputs = [];
        foreach ((string name, NodeMetadata input) in session.InputMetadata)
            inputs.Add(name == Pixels
                ? NamedOnnxValue.CreateFromTensor(name, pixels ?? new DenseTensor<float>([1, 3, side, side]))
                : IsInteger(input) && input.Dimensions.Length == 2
                    ? Integers(name, input, IsMask(name) ? Mask(tokens, texts) : tokens, texts)
                    : throw new EmbeddingDataException(path, $"the input {Shown.Name(name)} is of no known kind.", Way));
        string output = OutputOf(kinds);
        try
        {
            using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(inputs, [output]);
            Tensor<float> rows = results[0].AsTensor<float>();
            return rows.Rank == 2 && rows.Dimensions[0] == count
                ? [.. rows]
                : throw new EmbeddingDataException(
                    path, $"its output {Shown.Name(output)} has the shape [{string.Join(", ", rows.Dimensions.ToArray())}] for {count} inputs.", Way);
        }
        catch (OnnxRuntimeException exception) when (!MemoryShortage.IsCause(exception))
        {
            throw new EmbeddingDataException(path, $"it cannot be run ({FirstLine(exception.Message)}).", Way, exception);
        }
    }

    // Where there are several, the one that is named after what is embedded.
    private string OutputOf(string[] kinds)
    {
        string[] rows = [.. session.OutputMetadata.Where(output => IsFloat(output.Value) && output.Value.Dimensions.Length == 2).Select(output => output.Key)];
        string[] named = [.. rows.Where(name => kinds.Any(kind => name.Contains(kind, StringComparison.OrdinalIgnoreCase)) && !name.Contains("logits", StringComparison.OrdinalIgnoreCase))];
        return (rows, named) switch
        {
            ([string only], _) => only,
            (_, [string first, ..]) => first,
            _ => throw new EmbeddingDataException(path, $"which of its outputs are the embeddings is not clear ({Named(session.OutputMetadata)}).", Way),
        };
    }

    private static NamedOnnxValue Integers(string name, NodeMetadata input, long[] values, int count) =>
        input.ElementDataType == TensorElementType.Int32
            ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<int>(values.Select(value => (int)value).ToArray(), [count, values.Length / count]))
            : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(values, [count, values.Length / count]));

    // What is to be looked at: everything up to the mark of the end, which has the largest number.
    private static long[] Mask(long[] tokens, int count)
    {
        var mask = new long[tokens.Length];
        int length = tokens.Length / count;
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<long> text = tokens.AsSpan(row * length, length);
            int end = 0;
            for (int k = 1; k < length; k++)
                end = text[k] > text[end] ? k : end;
            mask.AsSpan(row * length, end + 1).Fill(1);
        }
        return mask;
    }

    private static bool IsMask(string name) => name.Contains("mask", StringComparison.OrdinalIgnoreCase);

    private static bool IsFloat(NodeMetadata node) => node.ElementDataType == TensorElementType.Float;

    private static bool IsInteger(NodeMetadata node) => node.ElementDataType is TensorElementType.Int64 or TensorElementType.Int32;

    private static string Named(IReadOnlyDictionary<string, NodeMetadata> nodes) => Shown.Some([.. nodes.Select(node =>
        $"{Shown.Name(node.Key)} {node.Value.ElementDataType} {string.Join(" x ", node.Value.Dimensions.Select(length => length < 0 ? "n" : Shown.Index(length)))}")]);

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('\r', '.');
}
