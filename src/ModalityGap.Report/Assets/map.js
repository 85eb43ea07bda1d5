// The map: a canvas in place of the drawing, which stays for saving, for print and for pages without scripts.
(() => {
  'use strict';

  /**
   * What the page holds of a map. Bytes are base64 of little-endian numbers, the first modality's rows before the second's.
   * @typedef {{ id: string, name: string, note: string, points: string, x: [number, number], y: [number, number],
   *   centroids: [[number, number], [number, number]], origin?: [number, number], direction?: [number, number] }} Layout
   * @typedef {{ shift: number, gap: number, readings: [string, string][] }} Step
   * @typedef {{ first: string, second: string, pairs: number, total: number, gap: string, layouts: Layout[], along: string | null,
   *   alongRange: [number, number], cosines: string, ranks: string, ids: string, names: [string[] | null, string[] | null],
   *   pictures: (string | null)[] | null, near: string | null, nearAfter: string | null, nearest: number, correction: string | null, steps: Step[] }} MapData
   */

  const LEAST_ZOOM = 0.5;
  const MOST_ZOOM = 400;
  const REACH = 14;

  /** @param {string} text */
  const bytes = (text) => {
    const raw = atob(text);
    const values = new Uint8Array(raw.length);
    for (let i = 0; i < values.length; i++) values[i] = raw.charCodeAt(i);
    return values.buffer;
  };

  /** Every second number, or each, of 16 bits as what it stands for. @param {Uint16Array} values @param {number} from @param {number} every @param {[number, number]} range */
  const scaled = (values, from, every, range) => {
    const numbers = new Float64Array(values.length / every);
    for (let i = 0; i < numbers.length; i++) numbers[i] = range[0] + (values[from + i * every] / 65535) * (range[1] - range[0]);
    return numbers;
  };

  /** @param {string} name @param {Record<string, string>} [attributes] @param {string} [text] */
  const element = (name, attributes = {}, text = '') => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  };

  /** @param {string} name @param {Record<string, string | number>} attributes @param {string} [text] */
  const shape = (name, attributes, text = '') => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    if (text) made.textContent = text;
    return made;
  };

  /** "#5cb2f2" as three numbers up to 1. @param {string} colour */
  const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.trim().slice(at, at + 2), 16) / 255);

  /** The colours of the page as it looks now. */
  const palette = () => {
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(['first', 'second', 'axis', 'ink', 'card'].map((role) => [role, style.getPropertyValue(`--${role}`)]));
  };

  /**
   * Points where a shift takes them. Along ĝ a unit row x becomes (x - sĝ)/|x - sĝ|, and |x - sĝ|² = 1 - 2s x·ĝ + s²: with x·ĝ beside its
   * two coordinates, seen from where the vector of zeros lies, the place after any shift is exact. s is half the shift, plus for the first
   * modality and minus for the second.
   */
  class Cloud {
    /** @param {MapData} data */
    constructor(data) {
      this.data = data;
      this.rows = 2 * data.pairs;
      this.along = data.along ? new Uint16Array(bytes(data.along)) : null;
      this.alongs = this.along ? scaled(this.along, 0, 1, data.alongRange) : new Float64Array(this.rows);
      /** @type {Uint16Array[]} */
      this.layouts = data.layouts.map((layout) => new Uint16Array(bytes(layout.points)));
      this.xs = data.layouts.map((layout, k) => scaled(this.layouts[k], 0, 2, layout.x));
      this.ys = data.layouts.map((layout, k) => scaled(this.layouts[k], 1, 2, layout.y));
    }

    /** @param {number} row @param {number} which @param {number} shift @returns {[number, number]} */
    place(row, which, shift) {
      const layout = this.data.layouts[which], x = this.xs[which][row], y = this.ys[which][row];
      if (!shift || !layout.direction || !layout.origin || !this.along) return [x, y];
      const s = this.step(row, shift), norm = this.norm(row, s);
      const [ox, oy] = layout.origin;
      return [ox + (x - ox - s * layout.direction[0]) / norm, oy + (y - oy - s * layout.direction[1]) / norm];
    }

    /** How far a row moves. @param {number} row @param {number} shift */
    step(row, shift) { return row < this.data.pairs ? 0.5 * shift : -0.5 * shift; }

    /** Its length then, before it is set to 1 again. @param {number} row @param {number} s */
    norm(row, s) { return Math.sqrt(Math.max(1e-12, 1 - 2 * s * this.alongs[row] + s * s)); }

    /** The mean cosine of the partners that are shown, after a shift: (x - sĝ)·(y - tĝ) = x·y - s y·ĝ - t x·ĝ + st. @param {Uint16Array} cosines @param {number} shift */
    meanCosine(cosines, shift) {
      const s = 0.5 * shift, t = -s, pairs = this.data.pairs;
      let sum = 0;
      for (let k = 0; k < pairs; k++) {
        sum += ((cosines[k] / 65535) * 2 - 1 - s * this.alongs[k + pairs] - t * this.alongs[k] + s * t) / (this.norm(k, s) * this.norm(k + pairs, t));
      }
      return sum / pairs;
    }

    /** The mean of a modality's rows that are shown, after a shift. @param {number} side @param {number} which @param {number} shift @returns {[number, number]} */
    centre(side, which, shift) {
      if (!shift) return this.data.layouts[which].centroids[side];
      const key = `${side}/${which}/${shift}`;
      if (this.centreKey?.[side] !== key) {
        let x = 0, y = 0;
        for (let k = 0; k < this.data.pairs; k++) {
          const at = this.place(side * this.data.pairs + k, which, shift);
          x += at[0] / this.data.pairs;
          y += at[1] / this.data.pairs;
        }
        (this.centreKey ??= ['', ''])[side] = key;
        (this.centres ??= [[0, 0], [0, 0]])[side] = [x, y];
      }
      return /** @type {[number, number][]} */ (this.centres)[side];
    }
  }

  const VERTEX = `#version 300 es
    in vec2 place; in float along;
    uniform vec4 range; uniform vec2 alongs; uniform vec2 direction; uniform vec2 origin; uniform float shift; uniform float pairs;
    uniform vec2 middle; uniform vec2 scale; uniform float size;
    flat out float second;
    void main() {
      second = float(gl_VertexID) < pairs ? 0.0 : 1.0;
      float s = (0.5 - second) * shift;
      float a = mix(alongs.x, alongs.y, along);
      vec2 p = mix(range.xz, range.yw, place);
      p = origin + (p - origin - s * direction) / sqrt(max(1e-12, 1.0 - 2.0 * s * a + s * s));
      gl_Position = vec4((p - middle) * scale, 0.0, 1.0);
      gl_PointSize = second > 0.5 ? size * 1.25 : size * 1.15;
    }`;

  const FRAGMENT = `#version 300 es
    precision mediump float;
    flat in float second; uniform vec3 firstColour; uniform vec3 secondColour; uniform vec3 lineColour; uniform float opacity; uniform bool lines;
    out vec4 colour;
    void main() {
      if (lines) { colour = vec4(lineColour, 1.0) * opacity; return; }
      vec2 at = abs(gl_PointCoord * 2.0 - 1.0);
      float distance = second > 0.5 ? at.x + at.y : length(at) * 1.15;
      float inside = clamp((1.0 - distance) * 4.0, 0.0, 1.0) * opacity;
      if (inside <= 0.0) discard;
      colour = vec4(second > 0.5 ? secondColour : firstColour, 1.0) * inside;
    }`;

  /** Draws with the graphics unit, or what stands in for one. */
  class GraphicsPainter {
    /** @param {HTMLCanvasElement} canvas @param {Cloud} cloud */
    constructor(canvas, cloud) {
      const gl = canvas.getContext('webgl2', { antialias: false, premultipliedAlpha: true, powerPreference: 'low-power' });
      if (!gl) throw new Error('no WebGL 2');
      this.gl = gl;
      this.cloud = cloud;
      this.program = this.link(gl);
      this.uniforms = Object.fromEntries(['range', 'alongs', 'direction', 'origin', 'shift', 'pairs', 'middle', 'scale', 'size', 'firstColour', 'secondColour', 'lineColour', 'opacity', 'lines']
        .map((name) => [name, gl.getUniformLocation(this.program, name)]));
      this.arrays = cloud.layouts.map((points) => this.array(points));
      const pairs = cloud.data.pairs;
      const ends = new Uint32Array(2 * pairs);
      for (let k = 0; k < pairs; k++) {
        ends[2 * k] = k;
        ends[2 * k + 1] = pairs + k;
      }
      this.ends = gl.createBuffer();
      gl.bindVertexArray(null);
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.ends);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, ends, gl.STATIC_DRAW);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    }

    /** @param {WebGL2RenderingContext} gl */
    link(gl) {
      const program = /** @type {WebGLProgram} */ (gl.createProgram());
      for (const [kind, source] of /** @type {[number, string][]} */ ([[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]])) {
        const shader = /** @type {WebGLShader} */ (gl.createShader(kind));
        gl.shaderSource(shader, source);
        gl.compileShader(shader);
        gl.attachShader(program, shader);
      }
      gl.bindAttribLocation(program, 0, 'place');
      gl.bindAttribLocation(program, 1, 'along');
      gl.linkProgram(program);
      if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? 'no program');
      return program;
    }

    /** @param {Uint16Array} points */
    array(points) {
      const gl = this.gl;
      const array = gl.createVertexArray();
      gl.bindVertexArray(array);
      for (const [slot, values, width] of /** @type {[number, Uint16Array, number][]} */ ([[0, points, 2], [1, this.cloud.along ?? new Uint16Array(this.cloud.rows), 1]])) {
        gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
        gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
        gl.enableVertexAttribArray(slot);
        gl.vertexAttribPointer(slot, width, gl.UNSIGNED_SHORT, true, 0, 0);
      }
      return array;
    }

    /** @param {View} view */
    paint(view) {
      const gl = this.gl, to = this.uniforms, data = this.cloud.data, layout = data.layouts[view.layout];
      gl.viewport(0, 0, view.width * view.density, view.height * view.density);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.useProgram(this.program);
      gl.bindVertexArray(this.arrays[view.layout]);
      gl.uniform4f(to.range, layout.x[0], layout.x[1], layout.y[0], layout.y[1]);
      gl.uniform2f(to.alongs, data.alongRange[0], data.alongRange[1]);
      gl.uniform2f(to.direction, ...(layout.direction ?? [0, 0]));
      gl.uniform2f(to.origin, ...(layout.origin ?? [0, 0]));
      gl.uniform1f(to.shift, layout.direction ? view.shift : 0);
      gl.uniform1f(to.pairs, data.pairs);
      gl.uniform2f(to.middle, view.x, view.y);
      gl.uniform2f(to.scale, (2 * view.scale) / view.width, (2 * view.scale) / view.height);
      for (const role of ['first', 'second']) gl.uniform3fv(to[`${role}Colour`], channels(view.colours[role]));
      gl.uniform3fv(to.lineColour, channels(view.colours.axis));
      if (view.lines) {
        gl.uniform1i(to.lines, 1);
        gl.uniform1f(to.opacity, view.lineOpacity);
        gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.ends);
        gl.drawElements(gl.LINES, 2 * data.pairs, gl.UNSIGNED_INT, 0);
      }
      gl.uniform1i(to.lines, 0);
      gl.uniform1f(to.size, 2 * view.radius * view.density);
      gl.uniform1f(to.opacity, view.opacity);
      gl.drawArrays(gl.POINTS, 0, this.cloud.rows);
    }
  }

  /** Draws without it. */
  class PlainPainter {
    /** @param {HTMLCanvasElement} canvas @param {Cloud} cloud */
    constructor(canvas, cloud) {
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      this.context = context;
      this.cloud = cloud;
    }

    /** @param {View} view */
    paint(view) {
      const to = this.context, pairs = this.cloud.data.pairs;
      to.setTransform(view.density, 0, 0, view.density, 0, 0);
      to.clearRect(0, 0, view.width, view.height);
      const at = new Float64Array(2 * this.cloud.rows);
      for (let row = 0; row < this.cloud.rows; row++) at.set(view.onScreen(this.cloud.place(row, view.layout, view.shift)), 2 * row);
      if (view.lines) {
        to.globalAlpha = view.lineOpacity;
        to.strokeStyle = view.colours.axis;
        to.beginPath();
        for (let k = 0; k < pairs; k++) {
          to.moveTo(at[2 * k], at[2 * k + 1]);
          to.lineTo(at[2 * (pairs + k)], at[2 * (pairs + k) + 1]);
        }
        to.stroke();
      }
      to.globalAlpha = view.opacity;
      const r = view.radius;
      for (const [from, role] of /** @type {[number, string][]} */ ([[0, 'first'], [pairs, 'second']])) {
        to.fillStyle = view.colours[role];
        to.beginPath();
        for (let row = from; row < from + pairs; row++) {
          const x = at[2 * row], y = at[2 * row + 1];
          if (x < -r || y < -r || x > view.width + r || y > view.height + r) continue;
          if (from === 0) {
            to.moveTo(x + r, y);
            to.arc(x, y, r, 0, 2 * Math.PI);
          } else {
            to.moveTo(x, y - r);
            to.lineTo(x + r, y);
            to.lineTo(x, y + r);
            to.lineTo(x - r, y);
          }
        }
        to.fill();
      }
      to.globalAlpha = 1;
    }
  }

  /** What part of the plane is seen, and how it looks. */
  class View {
    /** @param {Cloud} cloud */
    constructor(cloud) {
      this.cloud = cloud;
      this.layout = 0;
      this.shift = 0;
      this.lines = cloud.data.pairs <= 20000;
      this.width = this.height = this.scale = this.base = 1;
      this.density = 1;
      this.x = this.y = 0;
      this.colours = palette();
    }

    get radius() { return Math.min(6, (this.cloud.rows > 20000 ? 1.6 : this.cloud.rows > 3000 ? 2.2 : 3) * Math.pow(this.zoom, 0.25)); }
    get opacity() { return this.cloud.rows > 20000 ? 0.55 : 0.78; }
    get lineOpacity() { return Math.min(0.35, Math.max(0.03, 200 / this.cloud.data.pairs)) * Math.min(2, Math.sqrt(this.zoom)); }
    get zoom() { return this.scale / this.base; }

    /** All points where they are now, with room for the labels. */
    fit() {
      const [left, right, bottom, top] = this.shift ? this.bounds() : [...this.cloud.data.layouts[this.layout].x, ...this.cloud.data.layouts[this.layout].y];
      this.base = this.scale = Math.min((this.width - 36) / Math.max(1e-9, right - left), (this.height - 36) / Math.max(1e-9, top - bottom));
      this.x = (left + right) / 2;
      this.y = (bottom + top) / 2;
    }

    bounds() {
      const box = [Infinity, -Infinity, Infinity, -Infinity];
      for (let row = 0; row < this.cloud.rows; row++) {
        const [x, y] = this.cloud.place(row, this.layout, this.shift);
        box[0] = Math.min(box[0], x);
        box[1] = Math.max(box[1], x);
        box[2] = Math.min(box[2], y);
        box[3] = Math.max(box[3], y);
      }
      return box;
    }

    /** Whether the mean of a modality is in sight. @param {number} side */
    sees(side) {
      const [x, y] = this.onScreen(this.cloud.centre(side, this.layout, this.shift));
      return x >= 0 && y >= 0 && x <= this.width && y <= this.height;
    }

    /** @param {[number, number]} place @returns {[number, number]} */
    onScreen(place) { return [this.width / 2 + (place[0] - this.x) * this.scale, this.height / 2 - (place[1] - this.y) * this.scale]; }

    /** @param {number} factor @param {number} atX @param {number} atY */
    zoomBy(factor, atX, atY) {
      const next = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, this.zoom * factor)) * this.base;
      const px = this.x + (atX - this.width / 2) / this.scale, py = this.y - (atY - this.height / 2) / this.scale;
      this.scale = next;
      this.x = px - (atX - this.width / 2) / next;
      this.y = py + (atY - this.height / 2) / next;
    }

    /** @param {number} dx @param {number} dy */
    panBy(dx, dy) {
      this.x -= dx / this.scale;
      this.y += dy / this.scale;
    }
  }

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

    /** @param {number} row */
    pictureOf(row) {
      const source = this.data.pictures?.[row % this.data.pairs];
      return source ? [element('img', { src: source, alt: '' })] : [];
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
          for (const other of others) list.append(element('li', { class: other < this.data.pairs ? 'first' : 'second' }, this.nameOf(other)));
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
})();
