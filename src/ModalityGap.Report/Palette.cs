using System.Text;

namespace ModalityGap.Report;

/// <summary>
/// The colours by role. Blue and orange are told apart by people who do not see red or green; every pair of text and background has a
/// contrast of at least 4.5 : 1, which a test computes.
/// </summary>
internal sealed class Palette
{
    private readonly IReadOnlyDictionary<string, string> colours;

    private Palette(IReadOnlyDictionary<string, string> colours) => this.colours = colours;

    public static Palette Light { get; } = new(new Dictionary<string, string>
    {
        ["page"] = "#f5f6f8",
        ["card"] = "#ffffff",
        ["sunken"] = "#f3f5f8",
        ["ink"] = "#16202c",
        ["soft"] = "#515d6c",
        ["rule"] = "#dde2e9",
        ["axis"] = "#8591a0",
        ["link"] = "#0a5cab",
        ["first"] = "#0068b4",
        ["second"] = "#b84a00",
        ["match"] = "#00745a",
        ["other"] = "#5f6b7a",
        ["heat"] = "#3d1466",
        ["good"] = "#0b6b4f",
        ["good-back"] = "#e3f4ee",
        ["warn"] = "#8a4300",
        ["warn-back"] = "#fdf0df",
        ["bad"] = "#a1261f",
        ["bad-back"] = "#fdebe9",
    });

    public static Palette Dark { get; } = new(new Dictionary<string, string>
    {
        ["page"] = "#0e131a",
        ["card"] = "#161d27",
        ["sunken"] = "#111821",
        ["ink"] = "#e7ecf2",
        ["soft"] = "#a3afbe",
        ["rule"] = "#2b3644",
        ["axis"] = "#738093",
        ["link"] = "#79b8ff",
        ["first"] = "#5cb2f2",
        ["second"] = "#ff9c50",
        ["match"] = "#41cda3",
        ["other"] = "#94a1b2",
        ["heat"] = "#e3c9ff",
        ["good"] = "#5fd6ae",
        ["good-back"] = "#12332a",
        ["warn"] = "#ffb870",
        ["warn-back"] = "#3a2812",
        ["bad"] = "#ff9d94",
        ["bad-back"] = "#3d1b19",
    });

    public string this[string role] => colours[role];

    public IEnumerable<string> Roles => colours.Keys;

    /// <summary>The colours as custom properties of a style sheet.</summary>
    public string Declarations
    {
        get
        {
            var text = new StringBuilder();
            foreach ((string role, string colour) in colours)
                text.Append("--").Append(role).Append(':').Append(colour).Append(';');
            return text.ToString();
        }
    }

    /// <summary>A style sheet with the colours in place of their names, for readers of SVG that know no custom properties.</summary>
    public string Resolve(string style)
    {
        var text = new StringBuilder(style);
        foreach ((string role, string colour) in colours)
            text.Replace($"var(--{role})", colour);
        return text.ToString();
    }
}
