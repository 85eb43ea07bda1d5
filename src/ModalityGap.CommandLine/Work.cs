using Spectre.Console;

namespace ModalityGap.CommandLine;

/// <summary>Runs what may take long, with a progress bar once it has taken a second and somebody watches.</summary>
internal static class Work
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    public static T Run<T>(Terminal terminal, bool quiet, Func<IProgress<AnalysisProgress>?, T> work)
    {
        if (quiet || !Terminal.CanAnimate)
            return work(null);
        var latest = new Latest();
        Task<T> task = Task.Run(() => work(latest));
        if (!Finishes(task, Patience))
            Show(terminal, task, latest);
        return task.GetAwaiter().GetResult();
    }

    private static void Show(Terminal terminal, Task task, Latest latest) =>
        terminal.ErrorConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask("working");
                do
                {
                    AnalysisProgress now = latest.Value;
                    bar.Description = Markup.Escape(now.Stage ?? "working");
                    bar.Value = 100 * now.Fraction;
                }
                while (!Finishes(task, Frame));
            });

    // Waits without throwing: the caller asks the task for its result or its failure.
    private static bool Finishes(Task task, TimeSpan time) => ((IAsyncResult)task).AsyncWaitHandle.WaitOne(time);

    private sealed class Latest : IProgress<AnalysisProgress>
    {
        private readonly Lock gate = new();
        private AnalysisProgress value;

        public AnalysisProgress Value
        {
            get
            {
                lock (gate)
                    return value;
            }
        }

        public void Report(AnalysisProgress value)
        {
            lock (gate)
                this.value = value;
        }
    }
}
