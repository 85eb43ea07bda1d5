using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>Zero-shot classification of images by the texts of classes.</summary>
public sealed record ZeroShotResult
{
    /// <summary>Number of images.</summary>
    public required int Images { get; init; }

    /// <summary>Share of images that took their own class; a class with the same cosine counts as ahead of it.</summary>
    public required Estimate Top1 { get; init; }

    /// <summary>Share of images whose own class is among the first five.</summary>
    public required PossibleEstimate Top5 { get; init; }

    /// <summary>The mean over the classes that have images of the share of them that took it.</summary>
    public required Estimate MeanClassAccuracy { get; init; }

    /// <summary>For two classes, the area under the ROC curve of the second one's score less the first one's.</summary>
    public required PossibleEstimate RocAuc { get; init; }

    /// <summary>Every class.</summary>
    public required IReadOnlyList<ClassAccuracy> Classes { get; init; }

    /// <summary>How unevenly the images take the classes.</summary>
    public required PredictionConcentration Predictions { get; init; }
}

/// <summary>A number, or the sentence that says why it is missing.</summary>
/// <param name="Estimate">The number with its interval, or <c>null</c>.</param>
/// <param name="Missing">Why it is missing, or <c>null</c>.</param>
public sealed record PossibleEstimate(Estimate? Estimate = null, string? Missing = null);

/// <summary>One class of a zero-shot classification.</summary>
/// <param name="Name">The class.</param>
/// <param name="Prompts">Number of prompts whose mean its text is.</param>
/// <param name="Images">Number of images with this label.</param>
/// <param name="Predicted">Number of images that took it.</param>
/// <param name="Accuracy">Share of its images that took it.</param>
public sealed record ClassAccuracy(string Name, int Prompts, int Images, int Predicted, PossibleEstimate Accuracy);
