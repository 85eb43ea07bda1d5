using ModalityGap;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

EmbeddingSet images = EmbeddingFile.Read("images.npy")[0].As(Modality.Image);
EmbeddingSet texts = EmbeddingFile.Read("captions.npy")[0].As(Modality.Text);

AnalysisResult result = GapAnalysis.Run([images, texts]);

PairResult pair = result.Pairs[0];
Console.WriteLine(pair.Verdict.Headline);
Console.WriteLine($"Use the cosine {pair.Thresholds.Rows[0].Cosine.Value:0.000} as threshold.");
Console.WriteLine(pair.Recommendation.Headline);
