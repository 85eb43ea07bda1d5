namespace ModalityGap.Sources;

/// <summary>Element types that become float32 without losing what an embedding means.</summary>
internal enum NumberType
{
    Float16,
    BFloat16,
    Float32,
    Float64,
    Int8,
    UInt8,
}
