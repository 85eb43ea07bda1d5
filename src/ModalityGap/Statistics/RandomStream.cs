using System.Numerics;

namespace ModalityGap.Statistics;

/// <summary>
/// Seeded random numbers (xoshiro256**, Blackman and Vigna 2021). A stream forks by name and replicate into streams of their own, so
/// that a new use of randomness never changes what another use draws. Uses integers and exact arithmetic only: the same on every machine.
/// </summary>
public sealed class RandomStream
{
    private readonly ulong seed;
    private ulong a, b, c, d;

    /// <summary>Starts a stream.</summary>
    public RandomStream(long seed)
        : this((ulong)seed)
    {
    }

    private RandomStream(ulong seed)
    {
        this.seed = seed;
        ulong state = seed;
        a = Mix(ref state);
        b = Mix(ref state);
        c = Mix(ref state);
        d = Mix(ref state);
    }

    /// <summary>A stream of its own for one purpose; does not depend on what was drawn before.</summary>
    /// <param name="name">The purpose.</param>
    /// <param name="replicate">Which of many.</param>
    public RandomStream Fork(string name, long replicate = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        ulong hash = 14695981039346656037;
        foreach (char letter in name)
            hash = (hash ^ letter) * 1099511628211;
        ulong state = seed ^ hash;
        ulong mixed = Mix(ref state) + (ulong)replicate * 0x9E3779B97F4A7C15;
        return new RandomStream(Mix(ref mixed));
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(b * 5, 7) * 9;
        ulong t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform among 0 ... bound - 1, without bias (Lemire 2019).</summary>
    public int NextIndex(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        while (true)
        {
            ulong product = (NextBits() >> 32) * (ulong)bound;
            uint low = (uint)product;
            if (low >= (uint)bound || low >= (uint)(-bound) % (uint)bound)
                return (int)(product >> 32);
        }
    }

    /// <summary>
    /// Mean 0 and variance 1, nearly normal: twelve uniforms less six, which needs no logarithm and so has the same bits everywhere.
    /// The tails end at ±6.
    /// </summary>
    public double NextNearlyNormal()
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
            sum += NextUniform();
        return sum;
    }

    /// <summary>The numbers 0 ... count - 1 in random order.</summary>
    public int[] NextPermutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = NextIndex(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    private static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
