namespace ModalityGap.CommandLine;

/// <summary>Cancelled by the user, with something to say about what there is and how to go on.</summary>
internal sealed class StoppedException(string message) : OperationCanceledException(message);
