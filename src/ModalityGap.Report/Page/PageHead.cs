using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>The head: the policy that forbids every request and every foreign script, and the style.</summary>
internal static class PageHead
{
    /// <summary>Nothing may be loaded; these styles and this script run, by their hashes, and no other.</summary>
    private static string Policy(string? pictures) => "default-src 'none'; "
        + $"style-src {Assets.PolicyHash(Assets.PageStyle)}{(pictures is null ? "" : " " + Assets.PolicyHash(pictures))}; script-src {Assets.PolicyHash(Assets.Script)}; "
        + "img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>Writes it.</summary>
    /// <param name="html">The page.</param>
    /// <param name="title">What the browser calls it.</param>
    /// <param name="tool">Name and version of the program.</param>
    /// <param name="pictures">The style sheet that holds pictures, if any.</param>
    public static void Write(HtmlWriter html, string title, string tool, string? pictures)
    {
        using (html.Open("head"))
        {
            html.Void("meta", ("charset", "utf-8"));
            html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy(pictures)));
            html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Void("meta", ("name", "referrer"), ("content", "no-referrer"));
            html.Void("meta", ("name", "generator"), ("content", tool));
            html.Void("link", ("rel", "icon"), ("href", "data:,"));
            html.Element("title", title);
            html.Asset("style", Assets.PageStyle);
            if (pictures is not null)
                html.Asset("style", pictures);
        }
    }
}
