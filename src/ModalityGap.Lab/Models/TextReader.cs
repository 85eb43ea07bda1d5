using static TorchSharp.torch;

namespace ModalityGap.Lab.Models;

/// <summary>Turns texts into the numbers that a text tower reads.</summary>
/// <param name="vocabulary">Numbers for words.</param>
/// <param name="tower">What the numbers are for.</param>
internal sealed class TextReader(Vocabulary vocabulary, TextTowerKind tower)
{
    /// <summary>Words beyond this many are not read by the transformer.</summary>
    public const int LongestSentence = 32;

    private const int LongestBag = 256;

    /// <summary>n x length numbers, short texts filled up with <see cref="Vocabulary.Padding"/>.</summary>
    public Tensor Read(IReadOnlyList<string> texts)
    {
        int[][] rows = [.. texts.Select(Numbers)];
        int length = Math.Max(1, rows.Max(row => row.Length));
        var numbers = new long[rows.Length * length];
        for (int i = 0; i < rows.Length; i++)
            for (int k = 0; k < rows[i].Length; k++)
                numbers[i * length + k] = rows[i][k];
        return tensor(numbers, [rows.Length, length]);
    }

    private int[] Numbers(string text) => tower == TextTowerKind.BagOfWords
        ? [.. vocabulary.TokensAndParts(text).Take(LongestBag)]
        : [.. vocabulary.Tokens(text).Take(LongestSentence)];
}
