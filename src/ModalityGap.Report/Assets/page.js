// The page is complete without this file: it adds the switch of colours, the copy button and the downloads.
(() => {
  'use strict';

  /** @template {Element} T @param {string} selector @returns {T[]} */
  const all = (selector) => /** @type {T[]} */ ([...document.querySelectorAll(selector)]);

  /** The colours follow the system until the reader chooses; the choice lives in the address, nowhere else. */
  const themeSwitch = () => {
    const button = /** @type {HTMLButtonElement | null} */ (document.querySelector('[data-theme-switch]'));
    if (!button) return;
    const system = matchMedia('(prefers-color-scheme: dark)');
    const root = document.documentElement;
    const isDark = () => (root.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
    const label = () => { button.textContent = isDark() ? 'Light' : 'Dark'; };
    const state = () => new URLSearchParams(location.hash.includes('=') ? location.hash.slice(1) : '');
    const chosen = state().get('theme');
    if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen;
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      if (!location.hash || location.hash.includes('=')) {
        const next = state();
        next.set('theme', root.dataset.theme);
        history.replaceState(null, '', `#${next}`);
      }
      label();
    });
    system.addEventListener('change', label);
    label();
    button.hidden = false;
  };

  /** @param {string} name @param {Blob} content */
  const save = (name, content) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  /** @param {HTMLElement} element */
  const copyText = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent ?? '');
      return true;
    } catch {
      // Pages from a disk may lack the clipboard: the text stays selected for the reader's own copy.
      getSelection()?.selectAllChildren(element);
      return false;
    }
  };

  const copyButtons = () => {
    for (const button of /** @type {HTMLButtonElement[]} */ (all('[data-copy]'))) {
      const source = document.getElementById(button.dataset.copy ?? '');
      if (!source) continue;
      button.setAttribute('aria-live', 'polite');
      button.addEventListener('click', async () => {
        button.textContent = await copyText(source) ? 'Copied' : 'Selected';
        setTimeout(() => { button.textContent = 'Copy'; }, 2000);
      });
      button.hidden = false;
    }
  };

  /** The drawing as a file of its own. @param {SVGSVGElement} drawing @param {string} title */
  const svgText = (drawing, title) => {
    const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
    for (const live of copy.querySelectorAll('[data-live]')) live.remove();
    const box = drawing.viewBox.baseVal;
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.setAttribute('width', String(box.width));
    copy.setAttribute('height', String(box.height));
    /** @param {string} name @param {string} text */
    const part = (name, text) => {
      const element = document.createElementNS('http://www.w3.org/2000/svg', name);
      element.textContent = text;
      return element;
    };
    const back = part('rect', '');
    back.setAttribute('width', '100%');
    back.setAttribute('height', '100%');
    back.setAttribute('fill', '#fff');
    copy.prepend(part('title', title), part('style', document.getElementById('figure-style')?.textContent ?? ''), back);
    return new XMLSerializer().serializeToString(copy);
  };

  /** The drawing in twice its natural size. @param {SVGSVGElement} drawing @param {string} title @param {string} name */
  const savePng = (drawing, title, name) => {
    const image = new Image();
    image.addEventListener('load', () => {
      const canvas = document.createElement('canvas');
      canvas.width = 2 * drawing.viewBox.baseVal.width;
      canvas.height = 2 * drawing.viewBox.baseVal.height;
      canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => { if (blob) save(name, blob); }, 'image/png');
    });
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(drawing, title))}`;
  };

  /** @param {HTMLTableElement} table */
  const csvText = (table) => [...table.rows].map((row) => [...row.cells].map((cell) => {
    const text = (cell.textContent ?? '').replaceAll('\u2212', '-').replaceAll('\u202f', '').replaceAll('\u00a0', ' ');
    // A spreadsheet would run a name that begins like a formula.
    const safe = /^[=+@\t]|^-(?![\d.])/.test(text) && !/^\+[\d.]/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }).join(',')).join('\r\n');

  const figureButtons = () => {
    for (const button of /** @type {HTMLButtonElement[]} */ (all('[data-save]'))) {
      const figure = /** @type {HTMLElement | null} */ (button.closest('[data-figure]'));
      const drawing = /** @type {SVGSVGElement | null} */ (figure?.querySelector('svg.chart') ?? null);
      const table = /** @type {HTMLTableElement | null} */ (figure?.querySelector('table.data') ?? null);
      if (!figure || !drawing || !table) continue;
      const title = figure.querySelector('h2, h3, h4')?.textContent ?? '';
      button.addEventListener('click', () => {
        const format = button.dataset.save ?? '';
        const name = `${figure.dataset.figure}.${format}`;
        if (format === 'svg') save(name, new Blob([svgText(drawing, title)], { type: 'image/svg+xml' }));
        else if (format === 'csv') save(name, new Blob(['\ufeff', csvText(table)], { type: 'text/csv' }));
        else savePng(drawing, title, name);
      });
      button.hidden = false;
    }
  };

  const downloads = () => {
    for (const button of /** @type {HTMLButtonElement[]} */ (all('[data-download]'))) {
      const data = document.getElementById(button.dataset.download ?? '');
      if (!data) continue;
      button.addEventListener('click', () => {
        const text = JSON.stringify(JSON.parse(data.textContent ?? ''), null, 2);
        save('modality-gap.json', new Blob([text], { type: 'application/json' }));
      });
      button.hidden = false;
    }
  };

  /** Files that travel inside the page as base64. */
  const files = () => {
    for (const button of /** @type {HTMLButtonElement[]} */ (all('[data-file]'))) {
      const data = document.getElementById(button.dataset.file ?? '');
      if (!data) continue;
      button.addEventListener('click', () => {
        save(button.dataset.name ?? 'file', new Blob([Uint8Array.from(atob(data.textContent ?? ''), (letter) => letter.charCodeAt(0))]));
      });
      button.hidden = false;
    }
  };

  /** On paper everything below "Method and numbers" is open. */
  const printing = () => {
    /** @type {HTMLDetailsElement[]} */
    let opened = [];
    addEventListener('beforeprint', () => {
      opened = /** @type {HTMLDetailsElement[]} */ (all('.method > details:not([open])'));
      for (const details of opened) details.open = true;
    });
    addEventListener('afterprint', () => {
      for (const details of opened) details.open = false;
    });
  };

  themeSwitch();
  copyButtons();
  figureButtons();
  downloads();
  files();
  printing();
})();
