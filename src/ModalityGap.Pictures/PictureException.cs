namespace ModalityGap.Pictures;

/// <summary>Pictures cannot be made on this machine; the message says what is missing and the way out.</summary>
/// <param name="message">Both, as whole sentences.</param>
/// <param name="cause">The exception behind it, if any.</param>
public sealed class PictureException(string message, Exception? cause = null) : Exception(message, cause);
