using System.CommandLine;
using ModalityGap.CommandLine;

namespace ModalityGap.Cli.Arguments;

/// <summary>The seed, which a repetition needs, and the threads, which it does not.</summary>
/// <param name="usualSeed">The seed where none is given.</param>
internal sealed class RepetitionFlags(long usualSeed)
{
    private readonly Option<long?> seed = NumberOption.Whole(
        "--seed", $"Seed of everything random; default {usualSeed}.", long.MinValue, long.MaxValue);

    private readonly Option<long?> threads = NumberOption.Whole(
        "--threads", "Number of threads, 0 for one per core; changes the speed, never a bit of the result.", 0, 4096);

    public void AddTo(Command command)
    {
        command.Options.Add(seed);
        command.Options.Add(threads);
    }

    public long Seed(ParseResult parsed) => parsed.GetValue(seed) ?? usualSeed;

    public int Threads(ParseResult parsed) => (int)(parsed.GetValue(threads) ?? 0);
}
