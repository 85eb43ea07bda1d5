using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Data.Captions;

/// <summary>What cannot be used and why: left out, counted and named, and a reason to stop only where it is much.</summary>
internal sealed class LeftOut
{
    private const int MostNames = 5;

    private readonly List<string> withoutPicture = [];
    private readonly List<string> broken = [];
    private readonly List<string> withoutCaption = [];
    private readonly List<string> brokenTexts = [];
    private readonly List<Finding> notes = [];
    private int emptyCaptions;

    public void Missing(string id) => withoutPicture.Add(id);

    public void Broken(string id, string fault) => broken.Add($"{Shown.Name(id)} {fault}");

    public void BrokenText(string name) => brokenTexts.Add(name);

    public void WithoutCaption(string id) => withoutCaption.Add(id);

    public void EmptyCaptions(int count) => emptyCaptions += count;

    public void Note(string id, string message) => notes.Add(new Finding(id, FindingSeverity.Note, message));

    /// <summary>Stops the work if nothing is left or more pictures are missing or broken than may be.</summary>
    /// <exception cref="EmbeddingDataException">It stops.</exception>
    public void Judge(string source, int kept, double mostBroken)
    {
        int faulty = withoutPicture.Count + broken.Count;
        string some = string.Join(" ", Findings.Select(finding => finding.Message));
        if (kept == 0)
            throw new EmbeddingDataException(
                source,
                some.Length == 0 ? "it holds no picture with a caption." : $"no picture with a caption is left. {some}",
                "Check the names and the files.");
        if (faulty > mostBroken * (faulty + kept))
            throw new EmbeddingDataException(
                source,
                FormattableString.Invariant($"{100.0 * faulty / (faulty + kept):0.#} % of the pictures are missing or broken. {some}"),
                FormattableString.Invariant($"Repair or remove them, or allow more with --max-broken (now {mostBroken})."));
    }

    public IReadOnlyList<Finding> Findings
    {
        get
        {
            List<Finding> findings = [.. notes];
            Add("missing-pictures", withoutPicture, "pictures that captions name and that are not there", Shown.Name);
            Add("broken-pictures", broken, "pictures that cannot be decoded", name => name);
            Add("broken-json", brokenTexts, "captions that are no JSON", Shown.Name);
            Add("pictures-without-caption", withoutCaption, "pictures without a caption", Shown.Name);
            if (emptyCaptions > 0)
                findings.Add(new Finding("empty-captions", FindingSeverity.Warning, $"Left out: empty captions ({Shown.Count(emptyCaptions)})."));
            return findings;

            void Add(string id, List<string> names, string what, Func<string, string> show)
            {
                if (names.Count > 0)
                    findings.Add(new Finding(
                        id,
                        FindingSeverity.Warning,
                        $"Left out: {what} ({Shown.Count(names.Count)}): {Shown.Some([.. names.Select(show)], MostNames)}."));
            }
        }
    }
}
