using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Lab.Native;
using ModalityGap.Lab.Reproduction;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary><c>modgap-lab reproduce [NAME|all|list]</c>: the paper's figures, tables and theorems, each beside what is printed.</summary>
internal static class ReproduceVerb
{
    private const string All = "all", List = "list", DefaultFolder = "reproduction";

    private const string Remedy =
        "Leave out --full, or bring less with --data, --features, --model or --images; or free memory: what was finished is kept, and the same command goes on.";

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("reproduce", "Repeat the paper's figures, tables and theorems, and hold each claim against what comes out.");
        var name = new Argument<string>("NAME")
        {
            Description = $"{All}, {List} (the default), or an experiment: {string.Join(", ", ExperimentCatalog.All.Select(experiment => experiment.Id))}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        name.CompletionSources.Add([All, List, .. ExperimentCatalog.All.Select(experiment => experiment.Id)]);
        command.Arguments.Add(name);
        var quick = new Option<bool>("--quick") { Description = "Seconds each: the direction (the default)." };
        var full = new Option<bool>("--full") { Description = "The published sizes, or larger: minutes each." };
        var path = new Option<string?>("--out", "-o")
        {
            Description = $"The folder of results; default {DefaultFolder}. With --from also a file.md, to write that page alone.",
            HelpName = "DIR",
        };
        Option<string?> format = OutputOption.Format("table", "json", "csv");
        var from = new Option<string?>("--from")
        {
            Description = "Run nothing: read the results in this folder and write pages and tables anew.",
            HelpName = "DIR"
        };
        Option<long?> seed = NumberOption.Whole("--seed", $"Seed of everything random; default {new RunOptions().Seed}.", 0, long.MaxValue);
        Option<long?> threads = NumberOption.Whole("--threads", "Threads that work at once; default one per core. Changes no result.", 1, 1024);
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be run, and run nothing." };
        Option<bool> quiet = OutputOption.Quiet();
        foreach (Option option in (Option[])[quick, full, path, format, from, seed, threads, dryRun, quiet])
            command.Options.Add(option);
        var material = new MaterialOptions(command);
        command.SetAction(parsed => MemoryShortage.Guard(Remedy, () =>
        {
            if (parsed.GetValue(quick) && parsed.GetValue(full))
                throw new UsageException("--quick and --full exclude each other; give one of them.");
            string wanted = parsed.GetValue(name) ?? List;
            IExperiment[] chosen = Choose(wanted);
            var form = new ReproductionOutput(terminal, parsed.GetValue(format) ?? "table");
            if (parsed.GetValue(from) is { } source)
                return form.Render(new ResultFolder(source), chosen, parsed.GetValue(path));
            var options = new RunOptions
            {
                Effort = parsed.GetValue(full) ? Effort.Full : Effort.Quick,
                Seed = parsed.GetValue(seed) ?? new RunOptions().Seed,
                Threads = (int)(parsed.GetValue(threads) ?? 0),
                Given = material.Read(parsed, cancellation),
            };
            bool silent = parsed.GetValue(quiet);
            if (wanted == List || parsed.GetValue(dryRun))
                return form.Plan(chosen, options);
            IExperiment[] able = Able(chosen, wanted, options, terminal);
            if (options.Effort == Effort.Full && !silent)
                terminal.Say(ReproductionOutput.Announcement(able, options));
            var folder = new ResultFolder(parsed.GetValue(path) ?? DefaultFolder);
            OutputFile.CreateFolder(folder.Location);
            var runs = new ReproductionRuns(terminal, folder, options, silent);
            runs.Run(able, $"modgap-lab reproduce {wanted}{(options.Effort == Effort.Full ? " --full" : "")} -o {folder.Location}", cancellation);
            ReproductionOutput.Pages(folder);
            form.Claims(folder, chosen);
            if (!silent)
                terminal.Say($"Look at them: {Path.Combine(folder.Location, "index.html")}");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static IExperiment[] Choose(string wanted)
    {
        if (wanted is All or List)
            return [.. ExperimentCatalog.All];
        string[] names = [All, List, .. ExperimentCatalog.All.Select(experiment => experiment.Id)];
        return ExperimentCatalog.Find(wanted) is { } experiment
            ? [experiment]
            : throw new UsageException($"'{wanted}' is no experiment.{Suggestion.Sentence(wanted, names)} There are {string.Join(", ", names)}.");
    }

    // All goes on without what needs files; a single one that needs them cannot.
    private static IExperiment[] Able(IExperiment[] chosen, string wanted, RunOptions options, Terminal terminal)
    {
        IExperiment[] lacking = [.. chosen.Where(experiment => options.Lacks(experiment) is not null)];
        if (lacking.Length > 0 && wanted != All)
            throw new UsageException($"{wanted} needs {options.Lacks(lacking[0])}.");
        foreach (IExperiment experiment in lacking)
            terminal.Say($"note: {experiment.Id} is left out; it needs {options.Lacks(experiment)}.");
        return [.. chosen.Except(lacking)];
    }
}
