namespace ModalityGap.Lab.Data;

/// <summary>
/// Pictures with texts, decoded and of one size: what training reads. Every picture belongs to an item, every item has texts; an item may have
/// several pictures, in different styles.
/// </summary>
public sealed class ImageTextSet
{
    /// <summary>Bytes per pixel: red, green and blue.</summary>
    public const int Channels = 3;

    private readonly Lazy<string> fingerprint;

    /// <summary>Takes ownership of the pixels.</summary>
    /// <param name="name">What the set is called, such as <c>emoji</c>.</param>
    /// <param name="items">The items.</param>
    /// <param name="styles">The names of the styles, at least one.</param>
    /// <param name="images">Whom each picture shows.</param>
    /// <param name="pixels">One array per picture: red, green and blue planes of side x side bytes each.</param>
    /// <param name="side">Height and width of every picture in pixels.</param>
    public ImageTextSet(
        string name,
        IReadOnlyList<ImageTextItem> items,
        IReadOnlyList<string> styles,
        IReadOnlyList<ImageRow> images,
        IReadOnlyList<byte[]> pixels,
        int side)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(styles);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        if (images.Count != pixels.Count)
            throw new ArgumentException($"{pixels.Count} pictures for {images.Count} rows.", nameof(pixels));
        if (pixels.Any(picture => picture.Length != Channels * side * side))
            throw new ArgumentException($"A picture is not {Channels} planes of {side} x {side}.", nameof(pixels));
        if (images.Any(image => image.Item < 0 || image.Item >= items.Count || image.Style < 0 || image.Style >= styles.Count))
            throw new ArgumentException("A picture belongs to no item or no style.", nameof(images));
        if (items.FirstOrDefault(item => item.Texts.Count == 0 || item.Texts.Any(string.IsNullOrWhiteSpace)) is { } mute)
            throw new ArgumentException($"Item {mute.Id} has no text, or an empty one.", nameof(items));
        (Name, Items, Styles, Images, Pixels, Side) = (name, items, styles, images, pixels, side);
        fingerprint = new Lazy<string>(() => SetFingerprint.Of(this));
    }

    /// <summary>What the set is called.</summary>
    public string Name { get; }

    /// <summary>The items.</summary>
    public IReadOnlyList<ImageTextItem> Items { get; }

    /// <summary>The names of the styles.</summary>
    public IReadOnlyList<string> Styles { get; }

    /// <summary>Whom each picture shows.</summary>
    public IReadOnlyList<ImageRow> Images { get; }

    /// <summary>The pixels of each picture: red, green and blue planes.</summary>
    public IReadOnlyList<byte[]> Pixels { get; }

    /// <summary>Height and width of every picture in pixels.</summary>
    public int Side { get; }

    /// <summary>SHA-256 over items, rows and pixels, in hexadecimal, by which a checkpoint knows its data again.</summary>
    public string Fingerprint => fingerprint.Value;
}
