using System.Net;
using ModalityGap.Embeddings;

namespace ModalityGap.Cluster.Tests;

/// <summary>Who has which shard.</summary>
public sealed class ShardBoardTests
{
    private static readonly SiloAddress One = Worker(1), Two = Worker(2), Three = Worker(3);

    [Fact]
    public void GiveTo_IdleWorkers_GetOneEachBeforeAnyGetsTwo()
    {
        ShardBoard board = Board(3);
        board.GiveTo([One, Two]);
        Assert.Equal([One, Two, One], board.Given.Select(one => one.Worker));

        board = Board(9);
        board.GiveTo([One, Two]);
        Assert.Equal([0, 1, 2, 3], board.Given.Select(one => one.Shard));
        board.GiveTo([One, Two]);
        Assert.Equal(4, board.Given.Count);
        board.GiveTo([One, Two, Three]);
        Assert.Equal([Three, Three], board.Given.Skip(4).Select(one => one.Worker));
    }

    [Fact]
    public void TakeBack_WorkerThatWent_LosesItsShardsAndNoOthers()
    {
        ShardBoard board = Board(4);
        board.GiveTo([One, Two]);
        board.Finish(0);

        board.TakeBackFromAllBut([Two]);
        Assert.Equal([1, 3], board.Given.Select(one => one.Shard));
        board.GiveTo([Two, Three]);
        Assert.Equal([(1, Two), (2, Three), (3, Two)], board.Given.Select(one => (one.Shard, one.Worker)));
    }

    [Fact]
    public void TakeBack_ShardThatEndsEveryWorker_IsNamed()
    {
        ShardBoard board = Board(1);
        for (int i = 0; i < 5; i++)
        {
            board.GiveTo([Worker(10 + i)]);
            board.TakeBackFromAllBut([]);
        }
        board.GiveTo([One]);
        Assert.Contains("6 workers ended", Assert.Throws<EmbeddingDataException>(() => board.TakeBackFromAllBut([])).Message, StringComparison.Ordinal);
    }

    private static ShardBoard Board(int shards)
    {
        var board = new ShardBoard(new ClusterJob { Inputs = [], Shards = shards, Seed = 1, SamplePairs = 50, Run = "x", Tool = ToolVersion.Name });
        for (int shard = 0; shard < shards; shard++)
            board.Open(shard);
        return board;
    }

    private static SiloAddress Worker(int port) => SiloAddress.New(IPAddress.Loopback, port, 1);
}
