using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>The head: the policy that forbids every request and every foreign script, and the style.</summary>
internal static class PageHead
{
    /// <summary>Nothing may be loaded; this style and this script run, by their hashes, and no other.</summary>
    public static string Policy { get; } = "default-src 'none'; "
        + $"style-src {Assets.PolicyHash(Assets.PageStyle)}; script-src {Assets.PolicyHash(Assets.Script)}; "
        + "img-src data:; base-uri 'none'; form-action 'none'";

    public static void Write(HtmlWriter html, AnalysisResult result) =>
        Write(html, result.Tool, "Modality gap: " + string.Join(", ", result.Inputs.Select(input => input.Modality)));

    public static void Write(HtmlWriter html, string tool, string title)
    {
        using (html.Open("head"))
        {
            html.Void("meta", ("charset", "utf-8"));
            html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
            html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Void("meta", ("name", "referrer"), ("content", "no-referrer"));
            html.Void("meta", ("name", "generator"), ("content", tool));
            html.Void("link", ("rel", "icon"), ("href", "data:,"));
            html.Element("title", title);
            html.Asset("style", Assets.PageStyle);
        }
    }
}
