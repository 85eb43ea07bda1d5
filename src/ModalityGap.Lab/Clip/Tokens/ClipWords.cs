using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace ModalityGap.Lab.Clip.Tokens;

/// <summary>
/// Splits a text as CLIP does: its two marks, the endings 's 't 're 've 'm 'll 'd, runs of letters, single digits, runs of anything else but
/// blanks. By code points, where a regular expression of .NET would see halves of those beyond U+FFFF.
/// </summary>
internal sealed class ClipWords : PreTokenizer
{
    private static readonly string[] Whole = [ClipVocabulary.Start, ClipVocabulary.End, "'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private enum Kind
    {
        Blank,
        Letter,
        Digit,
        Other,
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            int length = LengthAt(text, at, out Kind kind);
            if (kind != Kind.Blank)
                yield return (at, length);
            at += length;
        }
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());

    private static int LengthAt(string text, int at, out Kind kind)
    {
        kind = Kind.Other;
        foreach (string whole in Whole)
            if (string.Compare(text, at, whole, 0, whole.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return whole.Length;
        kind = KindAt(text, at, out int length);
        if (kind is Kind.Blank or Kind.Digit)
            return length;
        int end = at + length;
        while (end < text.Length && KindAt(text, end, out length) == kind)
            end += length;
        return end - at;
    }

    private static Kind KindAt(string text, int at, out int length)
    {
        // A half of a pair that stands alone is one character of no kind.
        length = Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int consumed) == System.Buffers.OperationStatus.Done ? consumed : 1;
        if (Rune.IsWhiteSpace(rune))
            return Kind.Blank;
        return Rune.GetUnicodeCategory(rune) switch
        {
            <= UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Digit,
            _ => Kind.Other,
        };
    }
}
