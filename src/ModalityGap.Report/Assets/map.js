// The map: a canvas in place of the drawing, which stays for saving, for print and for pages without scripts.

const REACH = 14;
const NO_PICTURE = 65535;

/** One map with its controls. */
class GapMap {
  /** @param {HTMLElement} figure @param {MapData} data */
  constructor(figure, data) {
    this.figure = figure;
    this.data = data;
    this.cloud = new Cloud(data);
    this.view = new View(this.cloud);
    this.cosines = new Uint16Array(bytes(data.cosines));
    this.ranks = new Uint32Array(bytes(data.ranks));
    this.ids = new Uint32Array(bytes(data.ids));
    this.places = data.pictures ? new Uint16Array(bytes(data.pictures.places)) : null;
    this.near = data.near ? new Uint32Array(bytes(data.near)) : null;
    this.nearAfter = data.nearAfter ? new Uint32Array(bytes(data.nearAfter)) : null;
    /** @type {number | null} */ this.hovered = null;
    /** @type {number | null} */ this.selected = null;
    this.build();
    this.painter = this.choosePainter();
    this.listen();
    this.resize();
    this.view.fit();
    this.restore();
    this.draw();
  }

  build() {
    this.stage = element('div', { class: 'stage' });
    this.canvas = /** @type {HTMLCanvasElement} */ (element('canvas', {
      tabindex: '0', role: 'application',
      'aria-label': `Map of ${this.data.pairs} pairs. Arrow keys move it, plus and minus zoom, 0 shows all, comma and full stop go through the pairs, Escape clears the choice.`,
    }));
    this.over = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (shape('svg', { class: 'over chart', 'aria-hidden': 'true' })));
    this.tip = element('div', { class: 'tip', hidden: '' });
    this.stage.append(this.canvas, this.over, this.tip);
    this.controls = element('div', { class: 'map-controls' });
    this.details = element('div', { class: 'map-details', 'aria-live': 'polite' });
    this.buildLayouts();
    this.buildButtons();
    this.buildShift();
    this.drawing = /** @type {SVGSVGElement} */ (this.figure.querySelector('svg.chart'));
    this.drawing.before(this.controls, this.stage, this.details);
    this.figure.classList.add('live');
  }

  buildLayouts() {
    /** @type {HTMLInputElement[]} */
    this.tabs = [];
    this.note = element('p', { class: 'map-note' });
    if (this.data.layouts.length > 1) {
      const group = element('fieldset', { class: 'tabs' });
      group.append(element('legend', {}, 'Projection'));
      this.data.layouts.forEach((layout, k) => {
        const label = element('label');
        const input = /** @type {HTMLInputElement} */ (element('input', { type: 'radio', name: `${this.figure.id}-layout`, value: layout.id }));
        input.checked = k === 0;
        input.addEventListener('change', () => { this.setLayout(k); this.keep(); });
        this.tabs?.push(input);
        label.append(input, element('span', {}, layout.name));
        group.append(label);
      });
      this.controls?.append(group);
    }
  }

  buildShift() {
    if (!this.data.steps.length || !this.cloud.along) return;
    const box = element('div', { class: 'shift' });
    const id = `${this.figure.id}-shift`;
    const zero = this.data.steps.findIndex((step) => step.shift === 0);
    this.slider = /** @type {HTMLInputElement} */ (element('input', { type: 'range', id, min: '0', max: String(this.data.steps.length - 1), step: '1', value: String(zero) }));
    this.zero = zero;
    this.reading = element('output', { for: id });
    box.append(element('label', { for: id }, 'Move both modalities along the gap'), this.slider, this.reading);
    this.slider.addEventListener('input', () => { this.setStep(Number(this.slider?.value)); });
    this.slider.addEventListener('change', () => this.keep());
    this.controls?.append(box);
    this.shiftBox = box;
  }

  buildButtons() {
    const row = element('div', { class: 'map-buttons' });
    /** @param {string} text @param {string} label @param {() => void} act */
    const button = (text, label, act) => {
      const made = element('button', { type: 'button', class: 'quiet', 'aria-label': label }, text);
      made.addEventListener('click', () => { act(); this.draw(); });
      row.append(made);
    };
    button('+', '+ zoom in', () => this.view.zoomBy(1.5, this.view.width / 2, this.view.height / 2));
    button('\u2212', '\u2212 zoom out', () => this.view.zoomBy(1 / 1.5, this.view.width / 2, this.view.height / 2));
    button('All', 'All: show the whole map', () => this.view.fit());
    const label = element('label');
    this.linesBox = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox' }));
    this.linesBox.checked = this.view.lines;
    this.linesBox.addEventListener('change', () => { this.view.lines = Boolean(this.linesBox?.checked); this.draw(); });
    label.append(this.linesBox, ' join partners');
    row.append(label);
    this.controls?.append(row, this.buildLegend(), /** @type {HTMLElement} */ (this.note));
  }

  buildLegend() {
    const legend = element('p', { class: 'map-legend', 'aria-hidden': 'true' });
    for (const [side, name] of [['first', this.data.first], ['second', this.data.second]]) legend.append(element('span', { class: side }, name));
    return legend;
  }

  choosePainter() {
    const canvas = /** @type {HTMLCanvasElement} */ (this.canvas);
    try {
      return new GraphicsPainter(canvas, this.cloud);
    } catch {
      // A canvas that was asked for one kind of context gives no other one.
      const plain = /** @type {HTMLCanvasElement} */ (canvas.cloneNode());
      canvas.replaceWith(plain);
      this.canvas = plain;
      this.stage?.classList.add('plain');
      return new PlainPainter(plain, this.cloud);
    }
  }

  listen() {
    const canvas = /** @type {HTMLCanvasElement} */ (this.canvas), view = this.view;
    /** @type {{ x: number, y: number, moved: boolean } | null} */
    let drag = null;
    canvas.addEventListener('pointerdown', (event) => {
      drag = { x: event.offsetX, y: event.offsetY, moved: false };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener('pointermove', (event) => {
      if (!drag) {
        this.hover(this.rowAt(event.offsetX, event.offsetY));
        return;
      }
      const dx = event.offsetX - drag.x, dy = event.offsetY - drag.y;
      if (!drag.moved && Math.hypot(dx, dy) < 4) return;
      drag = { x: event.offsetX, y: event.offsetY, moved: true };
      view.panBy(dx, dy);
      this.draw();
    });
    canvas.addEventListener('pointerup', (event) => {
      if (drag && !drag.moved) this.choose(this.rowAt(event.offsetX, event.offsetY));
      drag = null;
    });
    canvas.addEventListener('pointercancel', () => { drag = null; });
    canvas.addEventListener('pointerleave', () => this.hover(null));
    // The wheel scrolls the page unless the map was clicked or Ctrl is held, so that nobody is caught in it.
    canvas.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && document.activeElement !== canvas) return;
      event.preventDefault();
      view.zoomBy(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY);
      this.draw();
    }, { passive: false });
    canvas.addEventListener('keydown', (event) => this.key(event));
    canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
    canvas.addEventListener('webglcontextrestored', () => { this.painter = this.choosePainter(); this.draw(); });
    new ResizeObserver(() => { if (this.resize()) this.draw(); }).observe(/** @type {HTMLElement} */ (this.stage));
    new MutationObserver(() => this.recolour()).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.recolour());
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const view = this.view, step = 40;
    /** @type {Record<string, () => void>} */
    const acts = {
      ArrowLeft: () => view.panBy(step, 0), ArrowRight: () => view.panBy(-step, 0),
      ArrowUp: () => view.panBy(0, step), ArrowDown: () => view.panBy(0, -step),
      '+': () => view.zoomBy(1.25, view.width / 2, view.height / 2), '=': () => view.zoomBy(1.25, view.width / 2, view.height / 2),
      '-': () => view.zoomBy(0.8, view.width / 2, view.height / 2), 0: () => view.fit(),
      '.': () => this.choose(((this.selected ?? -1) + 1) % this.cloud.rows), ',': () => this.choose(((this.selected ?? 0) + this.cloud.rows - 1) % this.cloud.rows),
      Escape: () => this.choose(null),
    };
    const act = acts[event.key];
    if (!act || event.altKey || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    act();
    this.draw();
  }

  resize() {
    const stage = /** @type {HTMLElement} */ (this.stage), canvas = /** @type {HTMLCanvasElement} */ (this.canvas), view = this.view;
    const width = stage.clientWidth, height = stage.clientHeight, density = Math.min(2, devicePixelRatio || 1);
    if (!width || !height || (width === view.width && height === view.height && density === view.density)) return false;
    const zoom = view.zoom, x = view.x, y = view.y, first = view.width === 1;
    Object.assign(view, { width, height, density });
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    this.over?.setAttribute('viewBox', `0 0 ${width} ${height}`);
    view.fit();
    if (!first) Object.assign(view, { scale: view.base * zoom, x, y });
    return true;
  }

  recolour() {
    this.view.colours = palette();
    this.draw();
  }

  draw() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      const begun = performance.now();
      this.painter.paint(this.view);
      this.drawOver();
      this.figure.dataset.drawn = (performance.now() - begun).toFixed(1);
    });
  }

  drawOver() {
    const over = /** @type {SVGSVGElement} */ (this.over), view = this.view;
    over.replaceChildren();
    const from = view.onScreen(this.cloud.centre(0, view.layout, view.shift)), to = view.onScreen(this.cloud.centre(1, view.layout, view.shift));
    if (this.data.layouts[view.layout].direction) this.drawArrow(over, from, to);
    if (this.selected !== null) this.drawNeighbours(over, this.selected);
    for (const row of new Set([this.hovered, this.selected])) if (row !== null) this.ring(over, row);
  }

  /** @param {SVGSVGElement} over @param {[number, number]} from @param {[number, number]} to */
  drawArrow(over, from, to) {
    const dx = to[0] - from[0], dy = to[1] - from[1], length = Math.hypot(dx, dy);
    if (length < 14) return;
    const ux = dx / length, uy = dy / length, foot = [to[0] - 11 * ux, to[1] - 11 * uy];
    for (const look of ['halo', 'arrow']) over.append(shape('line', { x1: from[0], y1: from[1], x2: foot[0], y2: foot[1], class: look }));
    over.append(
      shape('path', { d: `M${to[0]} ${to[1]}L${foot[0] - 5 * uy} ${foot[1] + 5 * ux}L${foot[0] + 5 * uy} ${foot[1] - 5 * ux}Z`, class: 'arrowhead' }),
      shape('circle', { cx: from[0], cy: from[1], r: 4, class: 'centre' }));
    const flat = Math.abs(dx) > Math.abs(dy);
    over.append(shape('text', {
      x: (from[0] + to[0]) / 2 + (flat ? 0 : 10), y: (from[1] + to[1]) / 2 - (flat ? 9 : -4), class: flat ? 'strong middle' : 'strong',
    }, this.view.shift ? `gap ${this.data.steps[this.step ?? 0].gap.toFixed(3)}` : this.data.gap));
  }

  /** @param {SVGSVGElement} over @param {number} row */
  ring(over, row) {
    const own = this.view.onScreen(this.cloud.place(row, this.view.layout, this.view.shift));
    const partner = this.view.onScreen(this.cloud.place((row + this.data.pairs) % this.cloud.rows, this.view.layout, this.view.shift));
    over.append(
      shape('line', { x1: own[0], y1: own[1], x2: partner[0], y2: partner[1], class: 'partner' }),
      shape('circle', { cx: own[0], cy: own[1], r: 8, class: 'ring' }),
      shape('circle', { cx: partner[0], cy: partner[1], r: 8, class: 'ring' }));
  }

  /** @param {SVGSVGElement} over @param {number} row */
  drawNeighbours(over, row) {
    const at = this.view.onScreen(this.cloud.place(row, this.view.layout, this.view.shift));
    for (const [table, look] of /** @type {[Uint32Array | null, string][]} */ ([[this.near, 'near before'], [this.nearAfter, 'near after']]))
      for (const other of this.neighbours(table, row)) {
        const to = this.view.onScreen(this.cloud.place(other, this.view.layout, this.view.shift));
        over.append(shape('line', { x1: at[0], y1: at[1], x2: to[0], y2: to[1], class: look }));
      }
  }

  /** @param {Uint32Array | null} table @param {number} row */
  neighbours(table, row) {
    return table ? [...table.subarray(row * this.data.nearest, (row + 1) * this.data.nearest)] : [];
  }

  /** The nearest row within reach of the pointer. @param {number} x @param {number} y */
  rowAt(x, y) {
    let best = REACH * REACH;
    /** @type {number | null} */
    let found = null;
    for (let row = 0; row < this.cloud.rows; row++) {
      const at = this.view.onScreen(this.cloud.place(row, this.view.layout, this.view.shift));
      const distance = (at[0] - x) * (at[0] - x) + (at[1] - y) * (at[1] - y);
      if (distance < best) [best, found] = [distance, row];
    }
    return found;
  }

  /** @param {number} row */
  nameOf(row) {
    const pairs = this.data.pairs, side = row < pairs ? 0 : 1;
    const name = this.data.names[side]?.[row % pairs];
    const modality = side === 0 ? this.data.first : this.data.second;
    return name ? `${modality}: ${name}` : `${modality} ${this.ids[row % pairs]}`;
  }

  /** Cosine and ranks of a row's pair, in words. @param {number} row */
  factsOf(row) {
    const pairs = this.data.pairs, pair = row % pairs, cosine = (this.cosines[pair] / 65535) * 2 - 1;
    return `Cosine of the pair ${cosine.toFixed(3)}; ${this.data.second} found by ${this.data.first} at rank ${this.ranks[pair]}, ${this.data.first} by ${this.data.second} at rank ${this.ranks[pairs + pair]}.`;
  }

  /** @param {number | null} row */
  hover(row) {
    if (row === this.hovered) return;
    this.hovered = row;
    const tip = /** @type {HTMLElement} */ (this.tip);
    tip.hidden = row === null;
    if (row !== null) {
      tip.replaceChildren(...this.pictureOf(row), element('strong', {}, this.nameOf(row)), element('span', {}, `with ${this.nameOf((row + this.data.pairs) % this.cloud.rows)}`), element('span', {}, this.factsOf(row)));
      const at = this.view.onScreen(this.cloud.place(row, this.view.layout, this.view.shift));
      tip.style.left = `${Math.min(Math.max(0, at[0] + 14), Math.max(0, this.view.width - 270))}px`;
      tip.style.top = at[1] < this.view.height / 2 ? `${at[1] + 14}px` : '';
      tip.style.bottom = at[1] < this.view.height / 2 ? '' : `${this.view.height - at[1] + 14}px`;
    }
    this.draw();
  }

  /** The picture of a row's pair, where it has one: a part of a sheet that the page's style holds. @param {number} row */
  pictureOf(row) {
    const pictures = this.data.pictures, pairs = this.data.pairs, place = this.places?.[row % pairs] ?? NO_PICTURE;
    if (!pictures || place === NO_PICTURE) return [];
    const sheet = pictures.sheets[Math.floor(place / pictures.perSheet)], within = place % pictures.perSheet;
    const made = element('span', { class: `thumb ${sheet.look}`, role: 'img', 'aria-label': `Picture of ${this.nameOf((row % pairs) + pictures.side * pairs)}` });
    made.style.backgroundPosition = `${percent(within % sheet.columns, sheet.columns)} ${percent(Math.floor(within / sheet.columns), sheet.rows)}`;
    return [made];
  }

  /** A row as one of a list, with its picture where it is the row that has one. @param {number} row */
  itemOf(row) {
    const side = row < this.data.pairs ? 0 : 1;
    const item = element('li', { class: side === 0 ? 'first' : 'second' });
    item.append(...(side === this.data.pictures?.side ? this.pictureOf(row) : []), this.nameOf(row));
    return item;
  }

  /** @param {number | null} row */
  choose(row) {
    this.selected = row;
    const box = /** @type {HTMLElement} */ (this.details);
    box.replaceChildren();
    if (row !== null) {
      box.append(...this.pictureOf(row), element('p', {}, `${this.nameOf(row)}. ${this.factsOf(row)}`));
      for (const [table, title] of /** @type {[Uint32Array | null, string][]} */ ([
        [this.near, 'Nearest of both modalities, as the model gives them'], [this.nearAfter, `Nearest after ${this.data.correction ?? 'the correction'}`],
      ])) {
        const others = this.neighbours(table, row);
        if (!others.length) continue;
        const list = element('ol');
        list.append(...others.map((other) => this.itemOf(other)));
        const part = element('section');
        part.append(element('h4', {}, title), list);
        box.append(part);
      }
    }
    this.keep();
    this.draw();
  }

  /** @param {number} which */
  setLayout(which) {
    const layout = this.data.layouts[which];
    this.view.layout = which;
    this.tabs?.forEach((tab, k) => { tab.checked = k === which; });
    if (this.note) this.note.textContent = layout.note;
    // The caption is of the drawing, which shows the first layout.
    const caption = /** @type {HTMLElement | null} */ (this.figure.querySelector('figcaption'));
    if (caption) caption.hidden = which > 0;
    if (this.slider) {
      this.slider.disabled = !layout.direction;
      if (!layout.direction) this.setStep(this.zero ?? 0);
    }
    this.view.fit();
    this.hover(null);
    this.draw();
  }

  /** @param {number} step */
  setStep(step) {
    this.step = step;
    const here = this.data.steps[step];
    if (!here) return;
    this.view.shift = here.shift;
    if (!this.view.sees(0) || !this.view.sees(1)) this.view.fit();
    if (this.slider) this.slider.value = String(step);
    if (this.reading) {
      const list = element('dl');
      const cosine = this.cloud.meanCosine(this.cosines, here.shift).toFixed(3);
      const readings = [...here.readings, ['cosine of shown partners', cosine]];
      for (const [name, value] of readings) {
        const entry = element('div');
        entry.append(element('dt', {}, name), element('dd', {}, value));
        list.append(entry);
      }
      this.reading.replaceChildren(list);
      this.slider?.setAttribute('aria-valuetext', readings.map(([name, value]) => `${name} ${value}`).join(', '));
    }
    this.draw();
  }

  /** The state lives in the address, so that a link shows the same. */
  keep() {
    const state = new URLSearchParams(location.hash.slice(1).includes('=') ? location.hash.slice(1) : '');
    const prefix = this.figure.id;
    /** @param {string} name @param {string | null} value */
    const set = (name, value) => { if (value === null) state.delete(`${prefix}-${name}`); else state.set(`${prefix}-${name}`, value); };
    set('view', this.view.layout ? this.data.layouts[this.view.layout].id : null);
    set('shift', this.view.shift ? String(this.step) : null);
    set('row', this.selected === null ? null : String(this.selected));
    if (state.size || location.hash.includes('=')) history.replaceState(null, '', `#${state}`);
  }

  restore() {
    const state = new URLSearchParams(location.hash.slice(1));
    const prefix = this.figure.id;
    const layout = this.data.layouts.findIndex((one) => one.id === state.get(`${prefix}-view`));
    this.setLayout(Math.max(0, layout));
    const step = Number(state.get(`${prefix}-shift`) ?? this.zero ?? 0), row = Number(state.get(`${prefix}-row`) ?? NaN);
    this.setStep(this.data.layouts[this.view.layout].direction && this.data.steps[step] ? step : this.zero ?? 0);
    if (Number.isInteger(row) && row >= 0 && row < this.cloud.rows) this.choose(row);
  }
}

for (const source of document.querySelectorAll('script.map-data')) {
  const figure = source.closest('figure');
  if (!figure) continue;
  try {
    Object.assign(figure, { gapMap: new GapMap(/** @type {HTMLElement} */ (figure), JSON.parse(source.textContent ?? '')) });
  } catch (fault) {
    // The drawing is still there.
    figure.classList.remove('live');
    console.warn('The map stays a drawing:', fault);
  }
}
