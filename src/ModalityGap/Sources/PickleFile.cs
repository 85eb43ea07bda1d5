namespace ModalityGap.Sources;

/// <summary>The arrays of a plain pickle: of NumPy's arrays, of lists and dictionaries of them, of lists of numbers.</summary>
internal static class PickleFile
{
    private static readonly string[] Extensions = [".pkl", ".pickle"];

    /// <summary>Whether a file begins as a pickle: by the instruction that names its protocol, which only 0 and 1 lack.</summary>
    public static bool Begins(ReadOnlySpan<byte> start, string extension) =>
        start is [0x80, >= 2 and <= 5, _, ..]
        || (start is [(byte)'(' or (byte)']' or (byte)'}' or (byte)'c', ..]
            && Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));

    public static List<StoredArray> List(SourceFile file)
    {
        var input = new PickleInput(file, 0, file.Length);
        PickleValue value = PickleMachine.Run(file, input);
        return input.Left == 0
            ? PickledArrays.List(file, value)
            : throw file.Fault(
                $"its pickle ends {Shown.Bytes(input.Left)} before the file does.",
                "Several objects in one file? Save them as one dictionary.");
    }
}
