// What part of the plane is seen.

const LEAST_ZOOM = 0.5;
const MOST_ZOOM = 400;

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
