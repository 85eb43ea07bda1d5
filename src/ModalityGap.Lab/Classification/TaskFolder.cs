using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Classification;

/// <summary>The files of an embedded task, in the form that <c>modgap evaluate</c> and <c>modgap report</c> take.</summary>
/// <param name="path">The folder.</param>
internal sealed class TaskFolder(string path)
{
    private const string Mark = "zero-shot.sha256";

    public string Location { get; } = path;

    public string Images => At("images.npy");

    public string ImageNames => At("images.jsonl");

    /// <summary>The text of each picture's class, a row a picture.</summary>
    public string Texts => At("texts.npy");

    public string Prompts => At("classes.npy");

    public string ClassNames => At("class-names.txt");

    public string Labels => At("labels.txt");

    public string Groups => At("groups.txt");

    /// <summary>Where prompts are embedded before they become <see cref="Prompts"/>.</summary>
    public string PromptRun => At("prompts");

    public string PromptTexts => Path.Combine(PromptRun, "prompts.txt");

    /// <summary>Whether everything was written by a run of this fingerprint.</summary>
    public bool IsOf(string fingerprint) => File.Exists(At(Mark)) && File.ReadAllText(At(Mark)) == fingerprint;

    /// <summary>Says that everything has been written.</summary>
    public void Finish(string fingerprint) => WriteText(At(Mark), fingerprint);

    public void Begin() => File.Delete(At(Mark));

    public static void WriteLines(string path, IEnumerable<string> lines) => WriteText(path, string.Concat(lines.Select(line => line + "\n")));

    /// <summary>Reads what a finished run wrote.</summary>
    /// <exception cref="EmbeddingDataException">Something of it is missing or damaged.</exception>
    public ClassificationTask Read(ZeroShotTask task, CancellationToken cancellation)
    {
        EmbeddingSet prompts = EmbeddingFile.Read(Prompts, cancellation: cancellation)[0];
        return new ClassificationTask
        {
            Images = EmbeddingFile.Read(Images, cancellation: cancellation)[0],
            Labels = new RowWords(Labels, Clip.Runs.TextList.Lines(Labels)),
            Classes = prompts.WithNames(prompts.Names with { Labels = Clip.Runs.TextList.Lines(ClassNames) }),
            Groups = File.Exists(Groups) ? new RowWords(Groups, Clip.Runs.TextList.Lines(Groups)) : null,
            ClassSets = File.Exists(Groups) ? task.ClassSets : [],
        };
    }

    /// <summary>The command lines that look further at it.</summary>
    /// <param name="shift">What a shift moves.</param>
    /// <param name="sets">Classes whose rates are told together.</param>
    public IEnumerable<string> Commands(string shift, IReadOnlyList<ClassSet> sets)
    {
        string groups = File.Exists(Groups)
            ? $" --groups {Quoted(Groups)}"
                + (sets.Count == 0 ? "" : $" --class-sets \"{string.Join(';', sets.Select(set => $"{set.Name}={string.Join(',', set.Classes)}"))}\"")
            : "";
        string rows = $"{Quoted(Images)} {Quoted(Texts)} --labels {Quoted(Labels)} --classes {Quoted(Prompts)} --class-names {Quoted(ClassNames)}{groups}";
        string moved = shift == EvaluationOptions.Conventions[0] ? "" : $" --shift {shift}";
        yield return $"modgap evaluate {rows} --sweep{moved}";
        yield return $"modgap report {rows}{moved}";
    }

    private string At(string name) => Path.Combine(Location, name);

    private static void WriteText(string path, string text)
    {
        using OutputFile file = OutputFile.Open(path);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Quoted(string path) =>
        path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_') ? path
            : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
