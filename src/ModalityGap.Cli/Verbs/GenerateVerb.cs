using System.CommandLine;
using System.Globalization;
using ModalityGap.Cli.Arguments;
using ModalityGap.CommandLine;
using ModalityGap.Generation;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap generate FOLDER</c>: shards of pairs whose gap is known, to try what scale asks for.</summary>
internal static class GenerateVerb
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("generate", "Write shards of pairs with a known gap, as clip-retrieval writes them, to try things at scale.");
        var folder = new Argument<string>("FOLDER") { Description = "Where img_emb/ and text_emb/ go." };
        Option<long?> pairs = NumberOption.Whole("--pairs", "Number of pairs; default 100000.", 1, 100_000_000_000);
        Option<long?> dimensions = NumberOption.Whole("--dim", "Number of dimensions; default 512.", 4, 65_536);
        Option<double?> gap = NumberOption.Real("--gap", "The gap that an unlimited number of pairs would have; default 0.8.", 0, GeneratedCorpus.MostGap);
        Option<long?> shardRows = NumberOption.Whole("--shard-rows", "Rows of a shard; default 1000000.", 1, 100_000_000);
        Option<long?> only = NumberOption.Whole("--only", "Write this shard only, from 0; its rows are the same.", 0, int.MaxValue);
        Option<string?> type = ElementTypeOption.Create();
        type.Description = "Element type to write; default float16.";
        var repetition = new RepetitionFlags(new LinearOptions().Seed);
        Option<bool> quiet = OutputOption.Quiet();
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be written and stop." };
        command.Arguments.Add(folder);
        foreach (Option option in (Option[])[pairs, dimensions, gap, shardRows, only, type])
            command.Options.Add(option);
        repetition.AddTo(command);
        command.Options.Add(quiet);
        command.Options.Add(dryRun);
        command.SetAction(parsed =>
        {
            var corpus = new GeneratedCorpus
            {
                Pairs = parsed.GetValue(pairs) ?? 100_000,
                Dimensions = (int)(parsed.GetValue(dimensions) ?? 512),
                Gap = parsed.GetValue(gap) ?? 0.8,
                ShardRows = (int)(parsed.GetValue(shardRows) ?? 1_000_000),
                Seed = repetition.Seed(parsed),
                Type = ElementTypeOption.Parse(parsed.GetValue(type)) ?? WrittenType.Float16,
            };
            int[] shards = parsed.GetValue(only) is { } one ? [(int)one] : [.. Enumerable.Range(0, corpus.Shards)];
            if (shards[0] >= corpus.Shards)
                throw new UsageException($"--only takes a shard from 0 to {corpus.Shards - 1}, not {shards[0]}.");
            string size = string.Create(
                CultureInfo.InvariantCulture, $"{corpus.Pairs} pairs x {corpus.Dimensions} dimensions in {corpus.Shards} shards, {corpus.Bytes / 1e9:0.###} GB, gap {corpus.Gap}");
            if (parsed.GetValue(dryRun))
            {
                terminal.Out.WriteLine($"Would write {size}. Nothing was run.");
                return ExitCode.Ok;
            }
            string target = parsed.GetRequiredValue(folder);
            Work.Run(terminal, parsed.GetValue(quiet), progress =>
            {
                foreach (int shard in shards)
                    corpus.WriteShard(target, shard, repetition.Threads(parsed), progress, cancellation);
                return shards.Length;
            });
            if (!parsed.GetValue(quiet))
                terminal.Say($"{target} holds {(shards.Length == corpus.Shards ? size : $"shard {shards[0]} of {size}")}.");
            return ExitCode.Ok;
        });
        return command;
    }
}
