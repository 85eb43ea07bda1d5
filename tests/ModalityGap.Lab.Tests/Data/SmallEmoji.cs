using System.Security.Cryptography;
using System.Text;
using ModalityGap.Lab.Data.Emoji;
using ModalityGap.Testing;
using SkiaSharp;

namespace ModalityGap.Lab.Tests.Data;

/// <summary>Packages as npm serves them, with four emoji, and an npm that hands them out.</summary>
internal sealed class SmallEmoji : IDisposable
{
    private const string Data = """
        [{"label": "regional indicator A", "hexcode": "1F1E6"},
         {"label": "grinning face", "hexcode": "1F600", "tags": ["cheerful", "happy"], "group": 0, "subgroup": 0},
         {"label": "keycap: #", "hexcode": "0023-FE0F-20E3", "tags": ["keycap"], "group": 1, "subgroup": 46},
         {"label": "waving hand", "hexcode": "1F44B", "tags": ["bye", "hello"], "group": 0, "subgroup": 1,
          "skins": [{"label": "waving hand: light skin tone", "hexcode": "1F44B-1F3FB", "tone": 1, "group": 0, "subgroup": 1},
                    {"label": "waving hand: dark skin tone", "hexcode": "1F44B-1F3FF", "tone": 5, "group": 0, "subgroup": 1},
                    {"label": "waving hand: two tones", "hexcode": "1F44B-1F3FB-1F3FF", "tone": [1, 5], "group": 0, "subgroup": 1}]}]
        """;

    private const string Messages = """
        {"groups": [{"order": 0, "message": "people"}, {"order": 1, "message": "symbols"}],
         "subgroups": [{"order": 0, "message": "faces"}, {"order": 1, "message": "hands"}, {"order": 46, "message": "seafood"}, {"order": 46, "message": "sweets"}]}
        """;

    private const string Names = """
        [{"name": "GRINNING FACE", "unified": "1F600"}, {"name": "HASH KEY", "unified": "0023-FE0F-20E3"}, {"name": "WAVING HAND SIGN", "unified": "1F44B"}]
        """;

    private readonly DataFolder served = new();

    public SmallEmoji()
    {
        string[] drawn = ["1f600", "0023-fe0f-20e3", "1f44b", "1f44b-1f3fb", "1f44b-1f3ff", "1f44b-1f3fb-1f3ff", "e50a"];
        Packages = new EmojiPackages
        {
            Noto = Serve("noto", [.. drawn.Reverse().Select(code => ($"package/img/google/64/{code}.png", Picture(SKColors.Red))),
                ("package/img/google/sheets/64.png", [1]), ("package/emoji.json", Text(Names))]),
            Twemoji = Serve("twemoji", [.. drawn.Select(code => ($"package/img/twitter/64/{code}.png", Picture(SKColors.Lime)))]),
            // One emoji is missing, one comes twice.
            Fluent = Serve("@lab/fluent", [("package/assets/1f600.webp", Picture(SKColors.Blue, SKEncodedImageFormat.Webp)),
                ("package/assets/0023-fe0f-20e3.webp", Picture(SKColors.Blue, SKEncodedImageFormat.Webp)),
                ("package/assets/0023-20e3.webp", Picture(SKColors.Black, SKEncodedImageFormat.Webp))]),
            Emojibase = Serve("base", [("package/en/data.json", Text(Data)), ("package/en/messages.json", Text(Messages))]),
        };
    }

    public EmojiPackages Packages { get; }

    /// <summary>The packages that were asked for.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Does what <c>npm pack NAME@VERSION --pack-destination DIR</c> does.</summary>
    public NpmOutcome? Npm(string folder, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        Asked.Add(arguments[1]);
        NpmPackage package = Packages.All.Single(one => one.Specification == arguments[1]);
        File.Copy(served[package.FileName], Path.Combine(arguments[3], package.FileName));
        return new NpmOutcome(0, "");
    }

    public void Dispose() => served.Dispose();

    private NpmPackage Serve(string name, (string Name, byte[] Content)[] entries)
    {
        var package = new NpmPackage(name, "1.0.0", "");
        string path = served.WriteTar(package.FileName, entries);
        return package with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) };
    }

    private static byte[] Picture(SKColor colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png) => TestPicture.Plain(8, 8, colour, format);

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
