using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ModalityGap.CommandLine;

/// <summary>Options that take numbers and say in plain words when they get something else.</summary>
internal static class NumberOption
{
    /// <summary>A whole number in a range.</summary>
    public static Option<long?> Whole(string name, string description, long lowest, long highest) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            string word = Word(result);
            if (!long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
                result.AddError($"{name} takes a whole number, not '{word}'.");
            else if (value < lowest || value > highest)
                result.AddError(highest == long.MaxValue || highest == int.MaxValue
                    ? $"{name} takes a number from {lowest} up, not {value}."
                    : $"{name} takes a number from {lowest} to {highest}, not {value}.");
            else
                return value;
            return null;
        },
    };

    /// <summary>A number strictly between 0 and 1.</summary>
    public static Option<double?> Share(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SHARE",
        CustomParser = result =>
        {
            string word = Word(result);
            if (TryParse(word, out double value) && value is > 0 and < 1)
                return value;
            result.AddError($"{name} takes a number between 0 and 1, such as 0.001, not '{word}'.");
            return null;
        },
    };

    /// <summary>A number in a range, both ends included.</summary>
    public static Option<double?> Real(string name, string description, double lowest, double highest) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result =>
        {
            string word = Word(result);
            if (TryParse(word, out double value) && value >= lowest && value <= highest)
                return value;
            result.AddError(FormattableString.Invariant($"{name} takes a number from {lowest} to {highest}, not '{word}'."));
            return null;
        },
    };

    /// <summary>Different numbers in a range, with commas between.</summary>
    public static Option<double[]?> List(string name, string description, double lowest, double highest) => new(name)
    {
        Description = description,
        HelpName = "LIST",
        CustomParser = result =>
        {
            List<double> values = [];
            foreach (string word in Word(result).Split(',', StringSplitOptions.TrimEntries))
            {
                if (!TryParse(word, out double value) || !(value >= lowest && value <= highest))
                    result.AddError(
                        FormattableString.Invariant($"{name} takes numbers from {lowest} to {highest} with commas between, such as 0.01,0.1, not '{word}'."));
                else if (values.Contains(value))
                    result.AddError($"{name} has '{word}' twice.");
                else
                    values.Add(value);
            }
            return [.. values];
        },
    };

    private static string Word(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;

    private static bool TryParse(string word, out double value) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
