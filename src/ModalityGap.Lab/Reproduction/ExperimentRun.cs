using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction;

/// <summary>How experiments are to be run.</summary>
internal sealed record RunOptions
{
    public Effort Effort { get; init; } = Effort.Quick;

    public long Seed { get; init; } = new AnalysisOptions().Seed;

    public int Threads { get; init; }

    /// <summary>What the user brought.</summary>
    public GivenMaterial Given { get; init; } = new();

    /// <summary>What an experiment needs and was not given, in words; <c>null</c> where it can be run.</summary>
    public string? Lacks(IExperiment experiment) => experiment.Lacks(Given);
}

/// <summary>Runs one experiment, checks that it says how each of its claims came out, and writes what it found.</summary>
internal static class ExperimentRun
{
    /// <summary>Runs it and writes its folder.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="options">How.</param>
    /// <param name="folder">The folder of all experiments.</param>
    /// <param name="progress">Told what is being done, and the share that is done.</param>
    /// <param name="cancellation">Stops it after the part that is being made.</param>
    public static ExperimentResult Run(
        IExperiment experiment, RunOptions options, ResultFolder folder, Action<string, double>? progress, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        Setting[] settings = [.. SettingsOf(experiment, options, cancellation)];
        var parts = new PartStore(folder.Of(experiment.Id), Key(experiment, options, settings));
        var work = new WorkContext(options.Threads, null, cancellation);
        var context = new ExperimentContext(
            options.Effort, new RandomStream(options.Seed).Fork(experiment.Id), work, options.Given.Only(experiment.Uses, options.Effort), parts, progress);
        Findings findings = experiment.Run(context);
        var result = new ExperimentResult
        {
            Tool = ToolVersion.Name,
            Id = experiment.Id,
            Title = experiment.Title,
            Effort = options.Effort,
            Seed = options.Seed,
            Settings = settings,
            Seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 1),
            Environment = new RunEnvironment(
                RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString(), RuntimeInformation.FrameworkDescription, work.Threads),
            Claims = [.. ClaimList.Of(experiment.Id).Select(claim => Join(claim, findings))],
            Tables = findings.Tables,
            Charts = findings.Charts,
            Notes = findings.Notes,
        };
        CheckOutcomes(experiment, findings);
        folder.Write(result);
        parts.Clear();
        return result;
    }

    /// <summary>Whether the folder holds the result of this experiment with the same options.</summary>
    public static bool IsFinished(IExperiment experiment, RunOptions options, ResultFolder folder, CancellationToken cancellation) =>
        folder.Read(experiment.Id) is { } result
        && result.Tool == ToolVersion.Name
        && result.Effort == options.Effort
        && result.Seed == options.Seed
        && result.Settings.SequenceEqual(SettingsOf(experiment, options, cancellation))
        && ClaimList.Of(experiment.Id).All(claim => result.Claims.Any(outcome => outcome.Id == claim.Id));

    /// <summary>The settings with what the user brought.</summary>
    private static IEnumerable<Setting> SettingsOf(IExperiment experiment, RunOptions options, CancellationToken cancellation) =>
        experiment.Settings(options.Effort).Concat(options.Given.Only(experiment.Uses, options.Effort).Settings(cancellation));

    private static string Key(IExperiment experiment, RunOptions options, Setting[] settings) => string.Create(
        CultureInfo.InvariantCulture,
        $"{experiment.Id}, seed {options.Seed}, {string.Join(", ", settings.Select(setting => $"{setting.Name} {setting.Value}"))}, {ToolVersion.Name}");

    private static ClaimOutcome Join(Claim claim, Findings findings)
    {
        Outcome outcome = findings.Outcomes.FirstOrDefault(one => one.Claim == claim.Id)
            ?? throw new InvalidOperationException($"The experiment {claim.Experiment} does not say how {claim.Id} came out.");
        return new ClaimOutcome
        {
            Id = claim.Id,
            Where = claim.Where,
            Claim = claim.Says,
            Experiment = claim.Experiment,
            Published = claim.Published,
            Ours = outcome.Ours,
            Status = outcome.Status,
            Remark = outcome.Remark,
        };
    }

    private static void CheckOutcomes(IExperiment experiment, Findings findings)
    {
        string[] known = [.. ClaimList.Of(experiment.Id).Select(claim => claim.Id)];
        string? unknown = findings.Outcomes.Select(outcome => outcome.Claim).Except(known).FirstOrDefault();
        if (unknown is not null)
            throw new InvalidOperationException($"The experiment {experiment.Id} speaks of {unknown}, which claims.json does not give it.");
    }
}
