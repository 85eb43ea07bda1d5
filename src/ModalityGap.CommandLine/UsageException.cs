namespace ModalityGap.CommandLine;

/// <summary>A command line that parses and yet cannot be meant.</summary>
internal sealed class UsageException(string message) : Exception(message);
