namespace ModalityGap.Lab.Clip.Runs;

/// <summary>An input of a shard.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Caption">Its text, if it is one.</param>
/// <param name="IsTruncated">Whether the text was too long.</param>
/// <param name="Fault">Why it has no row; <c>null</c> where it has one.</param>
internal sealed record ShardItem(string Id, string? Caption = null, bool IsTruncated = false, string? Fault = null);
