using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Rendering;
using ModalityGap.CommandLine;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap measure --linear</c>: files of any size in one pass.</summary>
internal static class LinearMeasuring
{
    public static int Run(
        Terminal terminal,
        InputArguments inputs,
        ParseResult parsed,
        LinearOptions options,
        bool fingerprint,
        Output wanted,
        CancellationToken cancellation)
    {
        using var destination = new Destination(terminal, wanted.Path);
        LinearResult result = Work.Run(terminal, wanted.Quiet, progress =>
        {
            IReadOnlyList<EmbeddingStream> streams = inputs.Open(parsed, fingerprint, cancellation);
            try
            {
                return LinearAnalysis.Run(streams, options, progress, cancellation);
            }
            finally
            {
                Close(streams);
            }
        });
        if (!wanted.Quiet && (wanted.Form != "table" || !destination.IsStandardOutput))
            Messages.Say(terminal, result);
        ResultFormat.Write(result, wanted.Form, wanted.EveryMeasure, destination, terminal);
        return ExitCode.Ok;
    }

    /// <summary>Says what would be read, from the headers alone.</summary>
    public static int DryRun(Terminal terminal, InputArguments inputs, ParseResult parsed, LinearOptions options, CancellationToken cancellation)
    {
        IReadOnlyList<EmbeddingStream> streams = inputs.Open(parsed, fingerprint: false, cancellation);
        foreach (EmbeddingStream stream in streams)
        {
            string part = stream.Provenance.Part is { } name ? $" ({name})" : "";
            terminal.Out.WriteLine(
                $"{stream.Modality}: {stream.Provenance.Source}{part}, {stream.Rows} rows x {stream.Dimensions} dimensions, "
                + $"{stream.Provenance.Format}, {stream.Provenance.ElementType}");
        }
        terminal.Out.WriteLine(
            $"Would read each row once, seed {options.Seed}, on {(options.Threads == 0 ? Environment.ProcessorCount : options.Threads)} threads. Nothing was run.");
        Close(streams);
        return ExitCode.Ok;
    }

    private static void Close(IReadOnlyList<EmbeddingStream> streams)
    {
        foreach (EmbeddingStream stream in streams)
            stream.Dispose();
    }

    /// <summary>The form of the result and where it goes.</summary>
    internal sealed record Output(string Form, string? Path, bool EveryMeasure, bool Quiet);
}
