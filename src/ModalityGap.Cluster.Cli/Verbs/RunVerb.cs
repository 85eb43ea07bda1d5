using System.CommandLine;
using ModalityGap.Accumulation;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cluster.Cli.Verbs;

/// <summary><c>modgap-cluster run INPUT...</c>: measures on the workers of a cluster what <c>modgap measure</c> measures alone.</summary>
internal static class RunVerb
{
    /// <summary>How many shares a single file is divided into.</summary>
    private const int SharesOfOneFile = 16;

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("run", "Measure files that are too many for one machine: every worker reads a share of the rows.");
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "As for modgap measure: patterns such as 'img_{0..63}.npy', a folder of shards, or one file per modality. "
                + "Workers must reach them under these names.",
            Arity = ArgumentArity.OneOrMore,
        };
        command.Arguments.Add(inputs);
        var membership = new MembershipFlags(command);
        Option<long?> shares = NumberOption.Whole(
            "--shares", $"Into how many shares the rows are divided; default one a shard, {SharesOfOneFile} of single files.", 1, 1_000_000);
        var parts = new Option<string?>("--parts")
        {
            Description = "Keep finished parts in this folder: the same command goes on from them.",
            HelpName = "DIR",
        };
        Option<string?> modalities = ModalitiesOption.Create();
        var key = new Option<string?>("--key") { Description = "Which arrays or columns of a file to take, with commas between.", HelpName = "KEYS" };
        Option<long?> seed = NumberOption.Whole("--seed", $"Seed of the sample; default {new LinearOptions().Seed}.", 0, long.MaxValue);
        var skipInvalid = new Option<bool>("--skip-invalid") { Description = "Leave out items with a row that is zero or not finite." };
        var skipShards = new Option<bool>("--skip-shards") { Description = "Leave out shards that cannot be read or lack a file; the result counts them." };
        var noFingerprint = new Option<bool>("--no-fingerprint") { Description = "Leave out the SHA-256 of the files." };
        Option<long?> patience = NumberOption.Whole("--patience", "Seconds to wait for a worker; default 30.", 1, 86_400);
        Option<string?> path = OutputOption.Out(
            "Write the result to this file instead of standard output: JSON, or as .gap what modgap merge shows as a table.");
        Option<bool> quiet = OutputOption.Quiet();
        foreach (Option option in (Option[])[shares, parts, modalities, key, seed, skipInvalid, skipShards, noFingerprint, patience, path, quiet])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var job = new ClusterJob
            {
                Inputs = parsed.GetRequiredValue(inputs),
                Shards = 1,
                Modalities = ModalitiesOption.Parse(parsed.GetValue(modalities))?.ToArray(),
                Key = parsed.GetValue(key),
                Seed = parsed.GetValue(seed) ?? new LinearOptions().Seed,
                SamplePairs = new LinearOptions().SamplePairs,
                SkipInvalid = parsed.GetValue(skipInvalid),
                SkipShards = parsed.GetValue(skipShards),
                Fingerprint = !parsed.GetValue(noFingerprint),
                Run = Guid.NewGuid().ToString("N"),
                Tool = ToolVersion.Name,
            };
            var work = new LibraryWork();
            int there = work.With(job, corpus => corpus.Description.Shards.Count, cancellation);
            job = job with { Shards = (int)(parsed.GetValue(shares) ?? (there > 1 ? there : SharesOfOneFile)) };
            string? target = parsed.GetValue(path), folder = parsed.GetValue(parts);
            bool silent = parsed.GetValue(quiet), asPart = Path.GetExtension(target)?.Equals(".gap", StringComparison.OrdinalIgnoreCase) == true;
            using OutputFile? output = target is null ? null : OutputFile.Open(target);
            var run = new ClusterRun(job, work, folder is null ? null : new PartFolder(folder, job, work))
            {
                Patience = TimeSpan.FromSeconds(parsed.GetValue(patience) ?? 30),
            };
            byte[] part = Run(terminal, silent, run, membership.Read(parsed), folder, cancellation);
            if (asPart)
            {
                output!.Write(part);
                return ExitCode.Ok;
            }
            LinearResult result = GapAccumulator.Read(part).Compute(cancellation: cancellation);
            string text = LinearJson.ToText(result) + "\n";
            if (output is null)
                terminal.Out.Write(text);
            else
                output.Write(System.Text.Encoding.UTF8.GetBytes(text));
            if (!silent)
                foreach (Finding finding in result.Findings)
                    terminal.Say($"{(finding.Severity == FindingSeverity.Note ? "note" : "warning")}: {finding.Message}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static byte[] Run(Terminal terminal, bool silent, ClusterRun run, Membership membership, string? folder, CancellationToken cancellation)
    {
        try
        {
            return Work.Run(terminal, silent, progress => run.Run(membership, progress, cancellation).GetAwaiter().GetResult());
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && folder is not null)
        {
            throw new StoppedException($"cancelled; finished parts are in {folder}, and the same command goes on from them.");
        }
    }
}
