// The rows of a map and where a shift takes them.

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
