using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Clip.Tokens;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Clip;

/// <summary>The check of a model with one that sees: an ONNX file that reads the colour in a picture's middle, and the word for it.</summary>
public sealed class ModelCheckTests : IDisposable
{
    private const int Side = 16, Dimensions = 5, Vocabulary = 49408;

    // The share of a cosine that a modality has of its own: matched cosines fall to about 0.3.
    private const float Apart = 0.9f;

    private static readonly float[] Means = [0.48145466f, 0.4578275f, 0.40821073f], Deviations = [0.26862954f, 0.26130258f, 0.27577711f];

    private static readonly float[] Grey = [0.45f, 0.3f, 0.25f];

    private static readonly (string Word, float[] Colour)[] Colours =
    [
        ("green", [0, 128 / 255f, 0]), ("red", [1, 0, 0]), ("blue", [0, 0, 1]), ("black", [0, 0, 0]), ("yellow", [1, 1, 0]),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_ModelThatSees_Passes()
    {
        WriteModel(Colours);
        using var encoder = ClipEncoder.Open(folder.Path);

        var check = ModelCheck.Run(encoder);

        Assert.Equal(8, check.First);
        Assert.InRange(check.MatchedMean, ModelCheck.Lowest, ModelCheck.Highest);
        Assert.True(check.MatchedMean > check.OtherMean);
        Assert.True(check.Passes);
    }

    [Fact]
    public void Run_WordsMixedUp_DoesNotPass()
    {
        WriteModel([.. Colours.Select((one, k) => (one.Word, Colours[(k + 1) % Colours.Length].Colour))]);
        using var encoder = ClipEncoder.Open(folder.Path);

        var check = ModelCheck.Run(encoder);

        Assert.Equal(0, check.First);
        Assert.False(check.Passes);
    }

    [Fact]
    public void Doctor_ModelThatSees_EndsWell()
    {
        WriteModel(Colours);

        ToolRun run = new ToolProcess("modgap-lab").Run(folder.Path, [], "doctor", "--model", folder.Path);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        string output = string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("8 of 8", output, StringComparison.Ordinal);
    }

    private void WriteModel((string Word, float[] Colour)[] words)
    {
        VocabularyFile.Write(folder["bpe_simple_vocab_16e6.txt.gz"], Colours.SelectMany(one => Merges(one.Word)).Distinct());
        var tokenizer = ClipTokenizer.Open(folder.Path, 16);
        var vectors = new float[Vocabulary * Dimensions];
        foreach ((string word, float[] colour) in words)
        {
            int token = Assert.Single(tokenizer.Tokens(word));
            for (int channel = 0; channel < 3; channel++)
                vectors[token * Dimensions + channel] = colour[channel] - Grey[channel];
        }
        // The mark of the start, which every text has once.
        vectors[tokenizer.Encode(["red"]).Numbers[0] * Dimensions + 3] = Apart;
        new TinyOnnx
        {
            Dimensions = Dimensions,
            Side = Side,
            Vectors = vectors,
            Pixels = Middle(),
            Bias = [Means[0] - Grey[0], Means[1] - Grey[1], Means[2] - Grey[2], 0, Apart],
        }.Write(folder["model.onnx"]);
    }

    // The prepared value times its deviation, and its mean, are the colour again.
    private static float[] Middle()
    {
        var matrix = new float[3 * Side * Side * Dimensions];
        for (int channel = 0; channel < 3; channel++)
            matrix[((channel * Side + Side / 2) * Side + Side / 2) * Dimensions + channel] = Deviations[channel];
        return matrix;
    }

    // Letter by letter, so that the word becomes one token.
    private static IEnumerable<string> Merges(string word) =>
        Enumerable.Range(1, word.Length - 1).Select(k => $"{word[..k]} {word[k]}{(k == word.Length - 1 ? "</w>" : "")}");
}
