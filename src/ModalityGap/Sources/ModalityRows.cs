using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>The rows of one modality as a format reads them; what the modality is called is decided for all formats alike.</summary>
/// <param name="Values">Row-major values, n x d, from <see cref="SourceFile.AllocateValues"/>.</param>
/// <param name="Dimensions">d.</param>
/// <param name="ElementType">The element type as stored, such as <c>float16</c>.</param>
/// <param name="Key">The key or column whose name may tell the modality; <c>null</c> where none does.</param>
/// <param name="Part">What was taken from the file: a key, a column, the index in a stack; <c>null</c> for all of it.</param>
/// <param name="Names">Ids, labels and captions of the rows; <c>null</c> where there are none.</param>
public sealed record ModalityRows(
    float[] Values,
    int Dimensions,
    string ElementType,
    string? Key = null,
    string? Part = null,
    RowNames? Names = null);
