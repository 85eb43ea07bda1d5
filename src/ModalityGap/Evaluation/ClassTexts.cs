using System.Globalization;
using ModalityGap.Embeddings;

namespace ModalityGap.Evaluation;

/// <summary>
/// The texts of C classes, C x d: of a class with several prompts the mean of their unit rows, set to norm 1 again (the prompt ensemble of
/// Radford et al. 2021, section 3.1.4); of a class with one prompt its row as it is.
/// </summary>
public sealed class ClassTexts
{
    /// <summary>A mean of unit rows shorter than this is rounding, and has no direction.</summary>
    private const double ShortestMean = 1e-6;

    private const int MostNamed = 5;

    private readonly Dictionary<string, int> indices;

    private ClassTexts(Dictionary<string, int> indices, int[] prompts, UnitEmbeddings rows)
    {
        this.indices = indices;
        (Names, Prompts, Rows) = ([.. indices.OrderBy(entry => entry.Value).Select(entry => entry.Key)], prompts, rows);
    }

    /// <summary>The classes, in the order in which they first occur.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many prompts each class has.</summary>
    public IReadOnlyList<int> Prompts { get; }

    /// <summary>One row per class.</summary>
    public UnitEmbeddings Rows { get; }

    /// <summary>C.</summary>
    public int Count => Names.Count;

    /// <summary>Takes the mean of each class's prompts.</summary>
    /// <param name="prompts">n x d.</param>
    /// <param name="classes">The class of each prompt.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    /// <exception cref="EmbeddingDataException">There is one class only, or prompts of a class cancel out.</exception>
    public static ClassTexts Of(UnitEmbeddings prompts, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Count != prompts.Rows)
            throw new ArgumentException($"{classes.Count} classes for {prompts.Rows} prompts.", nameof(classes));
        Dictionary<string, int> indices = [];
        List<List<int>> rows = [];
        for (int row = 0; row < classes.Count; row++)
        {
            if (indices.TryAdd(classes[row], rows.Count))
                rows.Add([]);
            rows[indices[classes[row]]].Add(row);
        }
        if (rows.Count < 2)
            throw new EmbeddingDataException(
                prompts.Provenance.Source,
                $"all its rows are of one class, \"{Excerpt.Of(classes[0], 40)}\".",
                "Classes need names that differ: one per row, the same for all prompts of a class.");
        int d = prompts.Dimensions;
        var values = new float[rows.Count * d];
        foreach ((string name, int index) in indices)
            Mean(prompts, rows[index], name, values.AsSpan(index * d, d));
        UnitEmbeddings firsts = prompts.Select([.. rows.Select(list => list[0])]);
        return new ClassTexts(indices, [.. rows.Select(list => list.Count)], firsts.WithUnitVectors(values, d));
    }

    /// <summary>The index of each label's class.</summary>
    /// <param name="labels">One per row of what is classified.</param>
    /// <param name="source">The file that the labels are of, for a message.</param>
    /// <exception cref="EmbeddingDataException">A label names no class.</exception>
    public int[] IndicesOf(IReadOnlyList<string> labels, string source)
    {
        ArgumentNullException.ThrowIfNull(labels);
        string[] unknown = [.. labels.Where(label => !indices.ContainsKey(label)).Distinct()];
        if (unknown.Length == 0)
            return [.. labels.Select(label => indices[label])];
        string named = string.Join(", ", unknown.Take(MostNamed).Select(label => $"\"{Excerpt.Of(label, 40)}\"")) + (unknown.Length > MostNamed ? ", ..." : "");
        throw new EmbeddingDataException(
            source,
            string.Create(CultureInfo.InvariantCulture, $"{unknown.Length} of its labels name no class that has a text: {named}."),
            $"The classes are called \"{Excerpt.Of(Names[0], 40)}\", \"{Excerpt.Of(Names[1], 40)}\" and so on: use the same names, or add texts for the others.");
    }

    private static void Mean(UnitEmbeddings prompts, List<int> rows, string name, Span<float> target)
    {
        if (rows.Count == 1)
        {
            prompts.Row(rows[0]).CopyTo(target);
            return;
        }
        var sum = new double[target.Length];
        foreach (int row in rows)
        {
            ReadOnlySpan<float> values = prompts.Row(row);
            for (int k = 0; k < sum.Length; k++)
                sum[k] += values[k];
        }
        double norm = Math.Sqrt(sum.Sum(value => value * value));
        if (norm / rows.Count < ShortestMean)
            throw new EmbeddingDataException(
                prompts.Provenance.Source, $"the prompts of \"{Excerpt.Of(name, 40)}\" cancel out: their mean has no direction.", "Check the names of the classes.");
        for (int k = 0; k < sum.Length; k++)
            target[k] = (float)(sum[k] / norm);
    }
}
