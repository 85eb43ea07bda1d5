#:project ../src/ModalityGap.Extensions.AI/ModalityGap.Extensions.AI.csproj
#:property NoWarn=$(NoWarn);CS1591

// A pipeline of Microsoft.Extensions.AI whose embeddings are corrected: dotnet run samples/embedding-pipeline.cs
//
//     penguin   before: 0.54 with its picture, 0.45 with any; after: 0.30 and 0.00
//     umbrella  before: 0.57 with its picture, 0.42 with any; after: 0.42 and 0.00
//     rocket    before: 0.54 with its picture, 0.45 with any; after: 0.26 and 0.00
using System.Text.Json;
using Microsoft.Extensions.AI;
using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Extensions.AI;
using ModalityGap.Sources;

string folder = Path.Combine(AppContext.GetData("EntryPointFileDirectoryPath") as string ?? "samples", "emoji");
EmbeddingSet images = EmbeddingFile.Read(Path.Combine(folder, "images.npy"))[0].As(Modality.Image);
EmbeddingSet texts = EmbeddingFile.Read(Path.Combine(folder, "texts.npy"))[0].As(Modality.Text);

// Learned once, then kept: CorrectionFile.Save("gap.json", correction), CorrectionFile.Load("gap.json").
FittedCorrection correction = new MeanRemoval().Fit(new CorrectionSample(UnitEmbeddings.Normalize(images), UnitEmbeddings.Normalize(texts)));

using IEmbeddingGenerator<string, Embedding<float>> plain = new EmojiTexts(texts, Captions("texts.jsonl"));
using IEmbeddingGenerator<string, Embedding<float>> corrected = plain.AsBuilder()
    .UseGapCorrection(correction, Modality.Text, new GapCorrectionOptions { AreQueries = true })
    .Build();

string[] names = Captions("images.jsonl");
var pictures = new VectorCorrection(correction, RowRole.Documents(Modality.Image));
foreach (string text in (string[])["penguin", "umbrella", "rocket"])
{
    ReadOnlyMemory<float> before = await plain.GenerateVectorAsync(text), after = await corrected.GenerateVectorAsync(text);
    double[] raw = [.. names.Select((_, i) => Cosine(before.Span, images.Row(i)))];
    double[] later = [.. names.Select((_, i) => Cosine(after.Span, pictures.Apply(images.Row(i))))];
    int own = Array.IndexOf(names, text);
    Console.WriteLine($"{text,-9} before: {raw[own]:0.00} with its picture, {raw.Average():0.00} with any; after: {later[own]:0.00} and {later.Average():0.00}");
}

string[] Captions(string file) =>
    [.. File.ReadLines(Path.Combine(folder, file)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("caption").GetString()!)];

static double Cosine(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
{
    double product = 0, ofX = 0, ofY = 0;
    for (int k = 0; k < x.Length; k++)
        (product, ofX, ofY) = (product + (double)x[k] * y[k], ofX + (double)x[k] * x[k], ofY + (double)y[k] * y[k]);
    return product / Math.Sqrt(ofX * ofY);
}

// Stands for a model: it knows the texts of the sample.
internal sealed class EmojiTexts(EmbeddingSet texts, string[] captions) : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(
            values.Select(value => new Embedding<float>(texts.Row(Array.IndexOf(captions, value)).ToArray()))));

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
