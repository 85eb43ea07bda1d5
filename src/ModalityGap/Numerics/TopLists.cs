namespace ModalityGap.Numerics;

/// <summary>For each of many owners, its k best candidates: score descending, then index ascending.</summary>
internal sealed class TopLists
{
    private readonly float[] scores;
    private readonly int[] indices;
    private readonly int[] counts;

    public TopLists(int owners, int k)
    {
        K = k;
        scores = new float[owners * k];
        indices = new int[owners * k];
        counts = new int[owners];
    }

    public int K { get; }

    public int Count(int owner) => counts[owner];

    public float Score(int owner, int position) => scores[owner * K + position];

    public int Index(int owner, int position) => indices[owner * K + position];

    /// <summary>A score below this one cannot enter the list any more.</summary>
    public float Bound(int owner) => counts[owner] < K ? float.NegativeInfinity : Volatile.Read(ref scores[owner * K + K - 1]);

    public void Clear() => Array.Clear(counts);

    public void Offer(int owner, float score, int index)
    {
        int start = owner * K, count = counts[owner];
        int position = count;
        while (position > 0 && Precedes(score, index, start + position - 1))
            position--;
        if (position == K)
            return;
        int last = Math.Min(count, K - 1);
        for (int p = last; p > position; p--)
        {
            scores[start + p] = scores[start + p - 1];
            indices[start + p] = indices[start + p - 1];
        }
        scores[start + position] = score;
        indices[start + position] = index;
        if (count < K)
            counts[owner] = count + 1;
    }

    public void Merge(int owner, TopLists other, int otherOwner)
    {
        for (int p = 0; p < other.counts[otherOwner]; p++)
            Offer(owner, other.Score(otherOwner, p), other.Index(otherOwner, p));
    }

    /// <summary>The same lists without the owner itself, where owners and candidates share their indices.</summary>
    public TopLists WithoutOwner()
    {
        var others = new TopLists(counts.Length, K);
        for (int owner = 0; owner < counts.Length; owner++)
            for (int p = 0; p < counts[owner]; p++)
                if (Index(owner, p) != owner)
                    others.Offer(owner, Score(owner, p), Index(owner, p));
        return others;
    }

    private bool Precedes(float score, int index, int slot) =>
        score > scores[slot] || (score == scores[slot] && index < indices[slot]);
}
