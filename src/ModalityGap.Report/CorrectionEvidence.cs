namespace ModalityGap.Report;

/// <summary>What was found about corrections of one pair.</summary>
/// <param name="Result">Every candidate, and the choice.</param>
/// <param name="Files">The fitted correction as files that a reader of the page may keep; none where nothing is recommended.</param>
/// <param name="Command">The command that does the same, such as <c>modgap correct images.npy texts.npy -o gap.json</c>.</param>
public sealed record CorrectionEvidence(CorrectionResult Result, IReadOnlyList<ReportDownload> Files, string Command);

/// <summary>A file that travels inside the page.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ReportDownload(string Name, byte[] Content);
