using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ModalityGap.Lab.Data;

/// <summary>SHA-256 over everything that a training run can see of a set.</summary>
internal static class SetFingerprint
{
    public static string Of(ImageTextSet set)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Number(hash, set.Side);
        foreach (ImageTextItem item in set.Items)
        {
            Text(hash, item.Id);
            Number(hash, item.Texts.Count);
            foreach (string text in item.Texts)
                Text(hash, text);
        }
        foreach (string style in set.Styles)
            Text(hash, style);
        for (int i = 0; i < set.Images.Count; i++)
        {
            Number(hash, set.Images[i].Item);
            Number(hash, set.Images[i].Style);
            hash.AppendData(set.Pixels[i]);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Text(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Number(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Number(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
