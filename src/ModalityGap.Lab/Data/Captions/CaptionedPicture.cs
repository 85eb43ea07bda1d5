namespace ModalityGap.Lab.Data.Captions;

/// <summary>A picture with its captions, before it is decoded.</summary>
/// <param name="Id">What identifies it.</param>
/// <param name="Captions">Its captions as the source has them; empty ones are left out later.</param>
/// <param name="Group">A coarse class, or <c>null</c>.</param>
internal sealed record CaptionedPicture(string Id, IReadOnlyList<string> Captions, string? Group = null);
