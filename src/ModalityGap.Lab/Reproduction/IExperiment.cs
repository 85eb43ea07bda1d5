using ModalityGap.Lab.Reproduction.Materials;

namespace ModalityGap.Lab.Reproduction;

/// <summary>
/// One experiment. The claims that it settles are those of claims.json that name it; it must say how each came out, which the frame checks.
/// </summary>
internal interface IExperiment
{
    /// <summary>Its id on the command line, kebab-case and stable.</summary>
    string Id { get; }

    /// <summary>What it shows, in a line.</summary>
    string Title { get; }

    /// <summary>What the user must bring.</summary>
    Material Needs => Material.None;

    /// <summary>What it looks at where the user brings it, what it needs included.</summary>
    Material Uses => Needs;

    /// <summary>What it needs and was not given, in words that end with the way out; <c>null</c> where it can be run.</summary>
    string? Lacks(GivenMaterial given) => given.Lacks(Needs);

    /// <summary>Everything that changes its numbers but the seed and what the user brings.</summary>
    IReadOnlyList<Setting> Settings(Effort effort);

    /// <summary>About how long it takes on two cores.</summary>
    double Minutes(Effort effort);

    /// <summary>The same with what was brought; without what it needs there is nothing to do.</summary>
    double Minutes(Effort effort, GivenMaterial given) => Minutes(effort);

    /// <summary>How many trainings, or other long runs, it is made of.</summary>
    int Runs(Effort effort) => 1;

    /// <summary>Runs it.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; what was finished is kept.</exception>
    Findings Run(ExperimentContext context);
}
