#:project ../src/ModalityGap/ModalityGap.csproj
#:property NoWarn=$(NoWarn);CS1591

// Search over pictures and texts together, before and after a correction: dotnet run samples/mixed-search.cs
//
//                                         found first   pictures among the first 10
//     as the model gives them                  23.6 %                         0.0 %
//     mean-removal                             45.1 %                        57.9 %
//     mean-removal+score-standardisation       47.7 %                        96.0 %
using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

string folder = Path.Combine(AppContext.GetData("EntryPointFileDirectoryPath") as string ?? "samples", "emoji");
UnitEmbeddings images = Read("images.npy", Modality.Image), texts = Read("texts.npy", Modality.Text);
int[] items = [.. Enumerable.Range(0, images.Rows)], learn = [.. items.Where(i => i % 2 == 0)], judge = [.. items.Where(i => i % 2 == 1)];
UnitEmbeddings labels = texts.Select([.. items.Select(i => 2 * i)]), tags = texts.Select([.. items.Select(i => 2 * i + 1)]);

// Learned from one half of the emoji: a mean of each modality and of the queries, then the scores of matching pairs.
RowRole image = RowRole.Documents(Modality.Image), text = RowRole.Documents(Modality.Text), query = RowRole.Queries(Modality.Text);
var sample = new CorrectionSample(images.Select(learn), labels.Select(learn), null, tags.Select(learn));
FittedCorrection mean = new MeanRemoval().Fit(sample);
int[] matches = [.. Enumerable.Range(0, learn.Length)];
FittedCorrection both = mean.With(new ScoreStandardisation().Fit(new ScoreSample(
    mean.Apply(query, sample.Queries[0]), mean.Apply(image, sample.First), mean.Apply(text, sample.Second), matches, matches)));

// Judged on the other half: tags ask among documents of which three of four are pictures, one is a label.
Console.WriteLine("                                    found first   pictures among the first 10");
Print("as the model gives them", (_, rows) => new EmbeddingSet(rows.Modality, [.. items.Take(rows.Rows).SelectMany(i => rows.Row(i).ToArray())], rows.Dimensions));
Print(mean.Id, mean.Bake);
Print(both.Id, both.Bake);

void Print(string name, Func<RowRole, UnitEmbeddings, EmbeddingSet> bake)
{
    EmbeddingSet q = bake(query, tags.Select(judge)), x = bake(image, images.Select(judge)), y = bake(text, labels.Select(judge));
    int first = 0, pictures = 0;
    for (int i = 0; i < judge.Length; i++)
    {
        int[] best = [.. Enumerable.Range(0, judge.Length).OrderByDescending(j => Product(q.Row(i), (j % 4 == 0 ? y : x).Row(j))).Take(10)];
        first += best[0] == i ? 1 : 0;
        pictures += best.Count(j => j % 4 != 0);
    }
    Console.WriteLine($"{name,-36}{(double)first / judge.Length,11:P1}{pictures / 10.0 / judge.Length,30:P1}");
}

UnitEmbeddings Read(string name, Modality modality) => UnitEmbeddings.Normalize(EmbeddingFile.Read(Path.Combine(folder, name))[0].As(modality));

static double Product(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
{
    double sum = 0;
    for (int k = 0; k < x.Length; k++)
        sum += (double)x[k] * y[k];
    return sum;
}
