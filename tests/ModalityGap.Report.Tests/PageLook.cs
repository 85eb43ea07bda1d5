using Microsoft.Playwright;
using ModalityGap.Testing;

namespace ModalityGap.Report.Tests;

/// <summary>What every page is looked at for.</summary>
internal static class PageLook
{
    /// <summary>The checks that matter here, each a sentence when it fails.</summary>
    public const string AccessibilityFaults = """
        () => {
          const faults = [];
          const name = (element) => (element.getAttribute('aria-label') ?? '').trim()
            || (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' ').trim()
            || element.textContent.trim();
          if (document.documentElement.lang !== 'en') faults.push('the page names no language');
          if (!document.title) faults.push('the page has no title');
          if (document.querySelectorAll('h1').length !== 1) faults.push('there is not exactly one h1');
          if (document.querySelectorAll('main').length !== 1) faults.push('there is not exactly one main');
          let level = 0;
          for (const heading of document.querySelectorAll('h1,h2,h3,h4,h5,h6')) {
            const next = Number(heading.tagName[1]);
            if (next > level + 1) faults.push(`h${level} is followed by h${next}: ${heading.textContent}`);
            level = next;
          }
          const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
          if (new Set(ids).size !== ids.length) faults.push('an id is used twice');
          for (const drawing of document.querySelectorAll('svg:not([aria-hidden=true])')) {
            if (drawing.getAttribute('role') !== 'img' || !drawing.getAttribute('aria-label')) faults.push('a drawing has no label');
          }
          for (const control of document.querySelectorAll('button, a, summary, figure, [role=region]')) {
            if (!name(control)) faults.push(`without a name: ${control.outerHTML.slice(0, 80)}`);
          }
          for (const table of document.querySelectorAll('table')) {
            if (!table.querySelector('thead th[scope=col]')) faults.push('a table has no column heads');
            for (const row of table.tBodies[0].rows) if (!row.querySelector('th[scope=row]')) faults.push('a row has no head');
          }
          for (const box of document.querySelectorAll('.scroll, pre')) {
            if (box.tabIndex !== 0) faults.push('a scrolling box cannot be reached by keyboard');
          }
          for (const reference of document.querySelectorAll('[aria-labelledby]')) {
            for (const id of reference.getAttribute('aria-labelledby').split(/\s+/)) if (!document.getElementById(id)) faults.push(`no element ${id}`);
          }
          return faults;
        }
        """;

    /// <summary>Texts of drawings that are cut off by their frame or lie on another text.</summary>
    public const string TextFaults = """
        () => {
          const faults = [];
          for (const drawing of document.querySelectorAll('figure svg.chart:not(.over)')) {
            const frame = drawing.getBoundingClientRect();
            const name = drawing.closest('figure').dataset.figure;
            // A line's box is higher than its letters.
            const texts = [...drawing.querySelectorAll('text')].filter((text) => text.textContent.trim()).map((text) => {
              const box = text.getBoundingClientRect(), inset = 0.18 * box.height;
              return { text: text.textContent, left: box.left, right: box.right, top: box.top + inset, bottom: box.bottom - inset };
            });
            for (const one of texts) {
              if (one.left < frame.left - 1 || one.right > frame.right + 1 || one.top < frame.top - 1 || one.bottom > frame.bottom + 1) {
                faults.push(`${name}: "${one.text}" is cut off`);
              }
            }
            for (let i = 0; i < texts.length; i++) {
              for (let j = i + 1; j < texts.length; j++) {
                const a = texts[i], b = texts[j];
                if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5) faults.push(`${name}: "${a.text}" lies on "${b.text}"`);
              }
            }
          }
          return faults;
        }
        """;

    /// <summary>Defines <c>pixelsOf</c>: a PNG in base64 as what a canvas reads of it, for scripts that look at screenshots.</summary>
    public const string PixelsOf = """
        const pixelsOf = async (data) => {
          const image = new Image();
          image.src = `data:image/png;base64,${data}`;
          await image.decode();
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [image.width, image.height];
          const to = canvas.getContext('2d');
          to.drawImage(image, 0, 0);
          return to.getImageData(0, 0, canvas.width, canvas.height);
        };
        """;

    public static void SkipWithoutAxe() => Assert.SkipUnless(File.Exists(Axe), "axe-core is not installed: npm install --prefix tests/axe");

    /// <summary>What axe-core finds serious or critical.</summary>
    public static async Task<string[]> AxeFindingsAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Axe, TestContext.Current.CancellationToken));
        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .filter((one) => one.impact === 'serious' || one.impact === 'critical')
              .map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html.slice(0, 120)).slice(0, 3).join(' ; ')}`)
            """);
    }

    private static string Axe => Path.Combine(SharedFolder.RepositoryRoot, "tests", "axe", "node_modules", "axe-core", "axe.min.js");

    /// <summary>The text of the file that a button saves.</summary>
    public static async Task<string> SavedAsync(IPage page, string button, string name)
    {
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.Locator(button).ClickAsync());
        Assert.Equal(name, download.SuggestedFilename);
        await using Stream stream = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
