using System.Runtime.CompilerServices;
using ModalityGap.Formats.Arrow;
using ModalityGap.Formats.Hdf5;
using ModalityGap.Formats.Parquet;
using ModalityGap.Formats.Text;
using ModalityGap.Sources;

namespace ModalityGap.Formats;

/// <summary>The formats of the core and those of this library.</summary>
public static class AllFormats
{
    /// <summary>
    /// Every format: those of the core, then parquet, arrow, hdf5, csv and tsv. A library behind a format is loaded when a file
    /// of that format is opened. What looks like text comes last, for its beginning says least.
    /// </summary>
    public static EmbeddingFormats List { get; } = EmbeddingFormats.Core.With(
        new ParquetFormat(),
        new ArrowFileFormat(),
        new ArrowStreamFormat(),
        // PureHDF looks at types at run time, which a program that was compiled ahead of time cannot.
        RuntimeFeature.IsDynamicCodeSupported ? new Hdf5Format() : new Hdf5Unavailable(),
        new DelimitedTextFormat("csv", ',', ".csv"),
        new DelimitedTextFormat("tsv", '\t', ".tsv", ".tab"));
}
