using System.Globalization;
using System.Text.RegularExpressions;

namespace ModalityGap.Tests.Measures;

/// <summary>The range that a definition states, read from its words: "[0, 2]", "(0, 1]", "[0, ∞); ...", "(-∞, ∞)", "[1, 2N - 1]".</summary>
internal sealed partial record StatedRange(double Lowest, bool LowestIsIn, double Highest, bool HighestIsIn)
{
    public static StatedRange Parse(string range, int items)
    {
        Match match = Form().Match(range);
        Assert.True(match.Success, $"\"{range}\" states no range.");
        return new StatedRange(
            Number(match.Groups["low"].Value, items), match.Groups["open"].Value == "[", Number(match.Groups["high"].Value, items), match.Groups["close"].Value == "]");
    }

    /// <summary>Whether the value lies in the range, float32's rounding allowed at its closed ends.</summary>
    public bool Holds(double value) =>
        (LowestIsIn ? value >= Lowest - 1e-6 : value > Lowest) && (HighestIsIn ? value <= Highest + 1e-6 : value < Highest);

    private static double Number(string words, int items) => words switch
    {
        "-∞" => double.NegativeInfinity,
        "∞" => double.PositiveInfinity,
        "N" => items,
        "2N - 1" => 2 * items - 1,
        _ => double.Parse(words.TrimEnd('°'), CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^(?<open>[\[(])(?<low>[^,\])]+), (?<high>[^,\])]+)(?<close>[\])])")]
    private static partial Regex Form();
}
