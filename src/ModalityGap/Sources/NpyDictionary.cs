using System.Globalization;

namespace ModalityGap.Sources;

/// <summary>
/// What the header of a NumPy array says. Its text is a Python dictionary; of Python's grammar only what NumPy writes is
/// understood.
/// </summary>
/// <param name="Type">The type as NumPy codes it, such as <c>&lt;f4</c>; a structured type begins with a bracket.</param>
/// <param name="FortranOrder">Whether the first axis runs fastest.</param>
/// <param name="Shape">The length of each axis.</param>
internal sealed record NpyDictionary(string Type, bool FortranOrder, IReadOnlyList<long> Shape)
{
    /// <summary>NumPy allows no more axes.</summary>
    private const int MostAxes = 64;

    /// <summary>As much of a name or a type as a message needs.</summary>
    private const int MostLetters = 100;

    /// <summary>Reads the dictionary; <c>null</c> when the text is not one.</summary>
    public static NpyDictionary? Parse(ReadOnlySpan<char> text) => new Cursor(text).Dictionary();

    private ref struct Cursor(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> rest = text;

        public NpyDictionary? Dictionary()
        {
            string? type = null;
            bool? fortran = null;
            List<long>? shape = null;
            if (!Take('{'))
                return null;
            while (!Take('}'))
            {
                string? key = Quoted();
                if (key is null || !Take(':'))
                    return null;
                bool known = key switch
                {
                    "descr" => type is null && (type = Quoted() ?? Structured()) is not null,
                    "fortran_order" => fortran is null && (fortran = Truth()) is not null,
                    "shape" => shape is null && (shape = Tuple()) is not null,
                    _ => false,
                };
                if (!known || !(Take(',') || Next == '}'))
                    return null;
            }
            bool complete = rest.Trim().IsEmpty && type is not null && fortran is not null && shape is not null;
            return complete ? new NpyDictionary(type!, fortran!.Value, shape!) : null;
        }

        private char Next
        {
            get
            {
                rest = rest.TrimStart();
                return rest.IsEmpty ? '\0' : rest[0];
            }
        }

        private bool Take(char wanted)
        {
            if (Next != wanted)
                return false;
            rest = rest[1..];
            return true;
        }

        private string? Quoted()
        {
            char quote = Next;
            int end = quote is '\'' or '"' ? rest[1..].IndexOf(quote) : -1;
            if (end < 0)
                return null;
            string value = rest.Slice(1, Math.Min(end, MostLetters)).ToString();
            rest = rest[(end + 2)..];
            return value;
        }

        /// <summary>A list of fields: skipped to its closing bracket, for such a type is not read.</summary>
        private string? Structured()
        {
            int depth = 0;
            if (Next is not ('[' or '('))
                return null;
            for (int i = 0; i < rest.Length; i++)
            {
                depth += rest[i] is '[' or '(' ? 1 : rest[i] is ']' or ')' ? -1 : 0;
                if (depth > 0)
                    continue;
                string value = rest[..Math.Min(i + 1, MostLetters)].ToString();
                rest = rest[(i + 1)..];
                return value;
            }
            return null;
        }

        private bool? Truth()
        {
            _ = Next;
            foreach (string word in (ReadOnlySpan<string>)["True", "False"])
            {
                if (!rest.StartsWith(word, StringComparison.Ordinal))
                    continue;
                rest = rest[word.Length..];
                return word == "True";
            }
            return null;
        }

        private List<long>? Tuple()
        {
            List<long> lengths = [];
            if (!Take('('))
                return null;
            while (!Take(')'))
            {
                if (lengths.Count == MostAxes || Number() is not long length)
                    return null;
                lengths.Add(length);
                if (!Take(',') && Next != ')')
                    return null;
            }
            return lengths;
        }

        private long? Number()
        {
            _ = Next;
            int digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits == 0 && rest[0] == '-')
                digits = 1 + rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits < 1)
                return null;
            // A length beyond 63 bits is told as impossible where the shape is checked.
            bool fits = long.TryParse(rest[..digits], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value);
            if (!fits && (rest[..digits] is "-" || digits == 0))
                return null;
            rest = rest[digits..];
            if (rest.StartsWith("L"))
                rest = rest[1..];
            return fits ? value : long.MaxValue;
        }
    }
}
