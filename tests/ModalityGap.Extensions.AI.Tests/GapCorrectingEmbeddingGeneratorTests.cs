using Microsoft.Extensions.AI;
using ModalityGap.Corrections;
using ModalityGap.Embeddings;

namespace ModalityGap.Extensions.AI.Tests;

/// <summary>What a pipeline with a correction gives, and what it leaves as it was.</summary>
public sealed class GapCorrectingEmbeddingGeneratorTests
{
    private static readonly float[][] Raw = [.. Enumerable.Range(0, 3).Select(row => FittedSample.Texts.Row(row).ToArray().Select(value => value * (row + 2)).ToArray())];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Generate_GivesTheBitsOfRowsInMemory(bool queries, bool baked)
    {
        var role = new RowRole(Modality.Text, queries);
        UnitEmbeddings rows = UnitEmbeddings.Normalize(new EmbeddingSet(Modality.Text, [.. Raw.SelectMany(row => row)], FittedSample.Dimensions));
        EmbeddingSet baking = FittedSample.WithScores.Bake(role, rows);
        UnitEmbeddings correcting = FittedSample.WithScores.Apply(role, rows);

        using IEmbeddingGenerator<int, Embedding<float>> pipeline = new ListedGenerator(Raw).AsBuilder()
            .UseGapCorrection(FittedSample.WithScores, Modality.Text, new GapCorrectionOptions { AreQueries = queries, Baked = baked })
            .Build();
        GeneratedEmbeddings<Embedding<float>> generated = await pipeline.GenerateAsync([0, 1, 2]);

        for (int row = 0; row < 3; row++)
            Assert.Equal(baked ? baking.Row(row).ToArray() : correcting.Row(row).ToArray(), generated[row].Vector.ToArray());
    }

    [Fact]
    public async Task Generate_KeepsAllElse()
    {
        using var inner = new ListedGenerator(Raw);
        using IEmbeddingGenerator<int, Embedding<float>> pipeline = inner.AsBuilder().UseGapCorrection(FittedSample.MeanRemoval, Modality.Text).Build();
        var options = new EmbeddingGenerationOptions { ModelId = "asked" };

        GeneratedEmbeddings<Embedding<float>> generated = await pipeline.GenerateAsync([2, 0], options);

        Assert.Same(options, inner.LastOptions);
        Assert.Equal((7L, 9L), (generated.Usage!.InputTokenCount, generated.Usage.TotalTokenCount));
        Assert.Equal("north", generated.AdditionalProperties!["region"]);
        Assert.Equal(["model 2", "model 0"], generated.Select(embedding => embedding.ModelId));
        Assert.Equal(ListedGenerator.Created, generated[1].CreatedAt);
        Assert.Equal(2, generated[0].AdditionalProperties!["place"]);
    }

    [Fact]
    public void GetService_PassesThrough()
    {
        using var inner = new ListedGenerator(Raw);
        using IEmbeddingGenerator<int, Embedding<float>> pipeline = inner.AsBuilder().UseGapCorrection(FittedSample.MeanRemoval, Modality.Text).Build();

        Assert.Same(inner, pipeline.GetService<ListedGenerator>());
        Assert.Equal("m", pipeline.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId);
        Assert.Equal("mean-removal", pipeline.GetService<GapCorrectingEmbeddingGenerator<int>>()!.Correction.Id);
        Assert.Null(pipeline.GetService<Uri>());
        pipeline.Dispose();
        Assert.True(inner.Disposed);
    }

    [Fact]
    public async Task Generate_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        using var inner = new ListedGenerator(Raw) { CancelAfterwards = source };
        using var generator = new GapCorrectingEmbeddingGenerator<int>(inner, FittedSample.MeanRemoval, Modality.Text);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync([0], null, source.Token));
    }

    [Fact]
    public async Task Generate_VectorsThatDoNotFit_SaysWhy()
    {
        using var generator = new GapCorrectingEmbeddingGenerator<int>(
            new ListedGenerator(new float[5], new float[FittedSample.Dimensions], [.. Enumerable.Repeat(float.NaN, FittedSample.Dimensions)]),
            FittedSample.MeanRemoval,
            Modality.Text);

        async Task Refuses(int value, string words) => Assert.Contains(
            words, (await Assert.ThrowsAsync<EmbeddingDataException>(() => generator.GenerateAsync([value]))).Message, StringComparison.Ordinal);

        await Refuses(0, "it has 5 dimensions, and the correction mean-removal takes 12 of text documents");
        await Refuses(1, "only zeros");
        await Refuses(2, "not finite");
        Assert.Contains("image documents, text documents", Assert.Throws<ArgumentException>(() =>
            new ListedGenerator().AsBuilder().UseGapCorrection(FittedSample.MeanRemoval, new Modality("audio")).Build()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Vector_Corrected_LeavesNoGarbageButTheResult(bool baked)
    {
        var vectors = new VectorCorrection(FittedSample.WithScores, RowRole.Queries(Modality.Text), baked);
        float[] target = new float[vectors.OutputDimensions];
        for (int warm = 0; warm < 50; warm++)
            vectors.Apply(Raw[0], target);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            vectors.Apply(Raw[1], target);
        long used = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(used < 1000, $"{used} bytes for 1000 vectors");
        Assert.Equal(target, vectors.Apply(Raw[1]));
    }
}
