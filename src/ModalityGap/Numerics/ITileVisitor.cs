namespace ModalityGap.Numerics;

/// <summary>Something that is computed from all products X·Yᵀ without holding them: every quadratic measure is one.</summary>
internal interface ITileVisitor
{
    /// <summary>Starts a strip of columns: all rows against columns [first, first + count). Called concurrently.</summary>
    StripVisitor Open(int firstColumn, int columns);
}

/// <summary>
/// The part of a visitor that belongs to one strip of columns. Whatever is kept per column may simply be written, for a column has one
/// strip; what is kept per row or overall is added in <see cref="Fold"/> and <see cref="Close"/>, which see the strips in order. So
/// threads change the speed and never a bit.
/// </summary>
internal abstract class StripVisitor
{
    /// <summary>Looks at a tile; runs beside other strips and must write to this strip's own state only.</summary>
    public abstract void Visit(in Tile tile);

    /// <summary>Adds what the last <see cref="Visit"/> found per row to what all strips share; for one block of rows, strips come in ascending order.</summary>
    public virtual void Fold(in Tile tile)
    {
    }

    /// <summary>Ends the strip; strips come in ascending order.</summary>
    public virtual void Close()
    {
    }
}
