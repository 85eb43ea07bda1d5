using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ModalityGap.Lab.Data;

/// <summary>SHA-256 over everything that training and its evaluation can see of a set.</summary>
internal static class SetFingerprint
{
    public static string Of(ImageTextSet set)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Number(hash, set.Side);
        foreach (ImageTextItem item in set.Items)
        {
            Text(hash, item.Id);
            Texts(hash, item.Texts);
            Texts(hash, item.Tags);
            Text(hash, item.Group ?? "");
            Text(hash, item.Subgroup ?? "");
            Number(hash, item.SkinTone ?? 0);
        }
        Texts(hash, set.Styles);
        for (int i = 0; i < set.Images.Count; i++)
        {
            Number(hash, set.Images[i].Item);
            Number(hash, set.Images[i].Style);
            hash.AppendData(set.Pixels[i]);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Texts(IncrementalHash hash, IReadOnlyList<string> texts)
    {
        Number(hash, texts.Count);
        foreach (string text in texts)
            Text(hash, text);
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
