// The threshold that a reader drags over the cosines: recall, false positives and precision follow from counts, so they are exact at its steps.

/**
 * @typedef {object} ThresholdData
 * @property {number} first @property {number} step @property {number} matchedPairs @property {number} unmatchedPairs
 * @property {number} prevalence @property {number} start @property {number[]} matched @property {number[]} unmatched
 * @property {[number, number, number, number]} x @property {[number, number, number, number]} y
 */

/** A share as the page writes it: "70 %", "0.1 %", "99.4 %". @param {number} share */
const inPercent = (share) => {
  const value = 100 * share;
  const digits = value > 0 && value < 1 ? String(Number(value.toPrecision(2)))
    : value.toFixed(Math.abs(value - Math.round(value)) < 0.005 || (value >= 10 && value <= 99) ? 0 : 1);
  return `${digits}\u00a0%`;
};

/** Wilson's interval of 95 % for a share. @param {number} share @param {number} count @returns {[number, number]} */
const wilson = (share, count) => {
  const z2 = 1.959963984540054 ** 2;
  const centre = (share + z2 / (2 * count)) / (1 + z2 / count);
  const reach = Math.sqrt(z2) / (1 + z2 / count) * Math.sqrt(share * (1 - share) / count + z2 / (4 * count * count));
  return [Math.max(0, Math.min(share, centre - reach)), Math.min(1, Math.max(share, centre + reach))];
};

/** One drawing of cosines with its threshold. */
class Threshold {
  /** @param {HTMLElement} figure @param {ThresholdData} data */
  constructor(figure, data) {
    this.figure = figure;
    this.data = data;
    this.prevalence = data.prevalence;
    this.drawing = /** @type {SVGSVGElement} */ (figure.querySelector('svg.chart'));
    this.build();
    this.listen();
    const kept = new URLSearchParams(location.hash.slice(1)).get(this.key);
    this.set(this.stepOf(kept !== null && Number.isFinite(Number(kept)) ? Number(kept) : data.start));
  }

  get key() { return `${this.figure.id}-threshold`; }

  build() {
    const line = shape('g', { 'data-live': '', class: 'drag' });
    const [, , bottom, top] = this.data.y;
    line.append(shape('line', { x1: '0', x2: '0', y1: String(top), y2: String(bottom), class: 'dragline' }), shape('circle', { cx: '0', cy: String(top), r: '6', class: 'handle' }));
    this.line = line;
    this.drawing.append(line);
    const id = `${this.figure.id}-at`;
    const box = element('div', { class: 'shift threshold-live' });
    this.slider = /** @type {HTMLInputElement} */ (element('input', { type: 'range', id, min: '0', max: String(this.data.matched.length - 1), step: '1' }));
    this.reading = element('output', { for: id });
    this.rarity = /** @type {HTMLInputElement} */ (element('input', { type: 'number', min: '2', max: '1000000000', step: '1', id: `${id}-rarity` }));
    this.rarity.value = String(Math.round(1 / this.prevalence));
    const rarity = element('p', { class: 'rarity' });
    rarity.append(element('label', { for: `${id}-rarity` }, 'Precision where one pair in'), ' ', this.rarity, ' is a match.');
    box.append(element('label', { for: id }, 'Threshold: drag it, here or in the drawing'), this.slider, this.reading, rarity);
    this.drawing.after(box);
  }

  listen() {
    const slider = /** @type {HTMLInputElement} */ (this.slider), rarity = /** @type {HTMLInputElement} */ (this.rarity);
    slider.addEventListener('input', () => this.set(Number(slider.value)));
    slider.addEventListener('change', () => this.keep());
    rarity.addEventListener('input', () => {
      const one = Number(rarity.value);
      if (!(one >= 1)) return;
      this.prevalence = 1 / one;
      this.set(Number(slider.value));
    });
    let dragging = false;
    /** @param {PointerEvent} event */
    const move = (event) => {
      const box = this.drawing.getBoundingClientRect();
      const [low, high, start, end] = this.data.x;
      const at = (event.clientX - box.left) / box.width * this.drawing.viewBox.baseVal.width;
      this.set(this.stepOf(low + (at - start) / (end - start) * (high - low)));
    };
    this.drawing.addEventListener('pointerdown', (event) => {
      dragging = true;
      this.drawing.setPointerCapture(event.pointerId);
      move(event);
    });
    this.drawing.addEventListener('pointermove', (event) => { if (dragging) move(event); });
    for (const end of ['pointerup', 'pointercancel'])
      this.drawing.addEventListener(end, () => {
        if (dragging) this.keep();
        dragging = false;
      });
  }

  /** @param {number} cosine */
  stepOf(cosine) {
    return Math.min(this.data.matched.length - 1, Math.max(0, Math.round((cosine - this.data.first) / this.data.step)));
  }

  /** @param {number} step */
  set(step) {
    const data = this.data, cosine = data.first + step * data.step;
    const recall = data.matched[step] / data.matchedPairs, alarms = data.unmatched[step] / data.unmatchedPairs;
    const [low, high] = wilson(recall, data.matchedPairs);
    /** @param {number} found */
    const precision = (found) => {
      const hits = this.prevalence * found, wrong = (1 - this.prevalence) * alarms;
      return hits + wrong > 0 ? inPercent(hits / (hits + wrong)) : '\u2013';
    };
    /** @param {[string, string]} ends */
    const range = ([from, to]) => `[${from.replace('\u00a0%', '')},\u00a0${to.replace('\u00a0%', '')}]`;
    const [lowest, highest, start, end] = data.x;
    const at = start + (Math.min(highest, Math.max(lowest, cosine)) - lowest) / (highest - lowest) * (end - start);
    this.line?.setAttribute('transform', `translate(${at.toFixed(2)} 0)`);
    const slider = /** @type {HTMLInputElement} */ (this.slider);
    slider.value = String(step);
    slider.setAttribute('aria-valuetext', `cosine ${cosine.toFixed(3)}, recall ${inPercent(recall)}, precision ${precision(recall)}`);
    const readings = [
      ['cosine at least', cosine.toFixed(3).replace('-', '\u2212')],
      ['recall', `${inPercent(recall)} ${range([inPercent(low), inPercent(high)])}`],
      ['false positives', inPercent(alarms)],
      ['precision', precision(recall) === '\u2013' ? '\u2013' : `${precision(recall)} ${range([precision(low), precision(high)])}`],
    ];
    this.reading?.replaceChildren(...readings.flatMap(([name, value]) => {
      const entry = element('span', {}, `${name} `);
      entry.append(element('b', {}, value));
      return [entry, ' '];
    }));
  }

  /** The choice lives in the address, so that it can be sent. */
  keep() {
    if (location.hash && !location.hash.includes('=')) return;
    const state = new URLSearchParams(location.hash.slice(1));
    state.set(this.key, (this.data.first + Number(this.slider?.value) * this.data.step).toFixed(3));
    history.replaceState(null, '', `#${state}`);
  }
}

for (const data of document.querySelectorAll('script.threshold-data')) {
  const figure = /** @type {HTMLElement | null} */ (data.closest('[data-figure]'));
  if (figure) new Threshold(figure, JSON.parse(data.textContent ?? ''));
}
