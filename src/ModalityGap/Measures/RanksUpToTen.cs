namespace ModalityGap.Measures;

/// <summary>A rank in each of up to 128 galleries, counted in four planes of bits and exact up to the tenth.</summary>
internal struct RanksUpToTen(UInt128 galleries)
{
    private const int Depth = 10;

    private UInt128 ones, twos, fours, eights, beyond;

    /// <summary>Whether ten documents and more stand before the right one everywhere.</summary>
    public readonly bool AllBeyond => Beyond == galleries;

    private readonly UInt128 Beyond => beyond | (eights & (fours | twos));

    /// <summary>One more document before the right one in these galleries.</summary>
    public void Add(UInt128 where)
    {
        UInt128 carry = ones & where;
        ones ^= where;
        (twos, carry) = (twos ^ carry, twos & carry);
        (fours, carry) = (fours ^ carry, fours & carry);
        (eights, carry) = (eights ^ carry, eights & carry);
        beyond |= carry;
    }

    /// <summary>hit@1 and NDCG@10 = 1/log2(1 + rank), 0 beyond the tenth; means over the galleries.</summary>
    public readonly (double HitAt1, double Ndcg) Means(int count)
    {
        double hits = 0, gain = 0;
        UInt128 left = galleries & ~Beyond;
        for (int before = 0; before < Depth && left != 0; before++)
        {
            UInt128 here = left & Plane(ones, before, 1) & Plane(twos, before, 2) & Plane(fours, before, 4) & Plane(eights, before, 8);
            int times = (int)UInt128.PopCount(here);
            hits += before == 0 ? times : 0;
            gain += times / Math.Log2(2 + before);
            left &= ~here;
        }
        return (hits / count, gain / count);
    }

    private static UInt128 Plane(UInt128 plane, int number, int bit) => (number & bit) != 0 ? plane : ~plane;
}
