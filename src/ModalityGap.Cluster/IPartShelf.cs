namespace ModalityGap.Cluster;

/// <summary>Where finished parts are kept.</summary>
public interface IPartShelf
{
    /// <summary>The part of a shard that an earlier run kept, or <c>null</c>.</summary>
    byte[]? Find(int shard);

    /// <summary>Keeps a part.</summary>
    void Keep(int shard, byte[] part);
}
