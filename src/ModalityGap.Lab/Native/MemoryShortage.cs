using System.Globalization;
using System.Text.RegularExpressions;

namespace ModalityGap.Lab.Native;

/// <summary>Memory ran out, told in words that say what to do. libtorch and ONNX Runtime tell it by the text of a failure only.</summary>
/// <param name="remedy">What to lower, a sentence.</param>
/// <param name="cause">What failed.</param>
internal sealed partial class MemoryShortage(string remedy, Exception cause) : Exception($"memory ran out{Wanted(cause)}. {remedy}", cause)
{
    private static readonly string[] Sayings = ["can't allocate memory", "Failed to allocate memory", "bad_alloc", "bad allocation", "not enough memory"];

    /// <summary>Runs something, and turns a failure for want of memory into this.</summary>
    /// <param name="remedy">What to lower, a sentence.</param>
    /// <param name="work">What to run.</param>
    public static T Guard<T>(string remedy, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is not MemoryShortage && IsCause(exception))
        {
            throw new MemoryShortage(remedy, exception);
        }
    }

    /// <summary>Whether an exception, or one inside it, says that memory ran out.</summary>
    public static bool IsCause(Exception exception) =>
        exception is OutOfMemoryException
        || Sayings.Any(saying => exception.Message.Contains(saying, StringComparison.OrdinalIgnoreCase))
        || (exception is AggregateException several ? several.InnerExceptions.Any(IsCause) : exception.InnerException is { } inner && IsCause(inner));

    // How much was asked for at once, where the failure says so.
    private static string Wanted(Exception cause)
    {
        Match asked = Request().Match(cause.ToString());
        return asked.Success && double.TryParse(asked.Groups[1].Value, CultureInfo.InvariantCulture, out double bytes)
            ? string.Create(CultureInfo.InvariantCulture, $" when {bytes / (1 << 30):0.0} GiB more were needed")
            : "";
    }

    [GeneratedRegex(@"(?:allocate|buffer of size) ([0-9]{1,19})")]
    private static partial Regex Request();
}
