// What the parts of the map share: how its data reads, elements and colours. All parts run inside one function.

/**
 * What the page holds of a map. Bytes are base64 of little-endian numbers, the first modality's rows before the second's.
 * @typedef {{ id: string, name: string, note: string, points: string, x: [number, number], y: [number, number],
 *   centroids: [[number, number], [number, number]], origin?: [number, number], direction?: [number, number] }} Layout
 * @typedef {{ side: number, perSheet: number, sheets: { look: string, columns: number, rows: number }[], places: string }} Pictures
 * @typedef {{ shift: number, gap: number, readings: [string, string][] }} Step
 * @typedef {{ first: string, second: string, pairs: number, total: number, gap: string, layouts: Layout[], along: string | null,
 *   alongRange: [number, number], cosines: string, ranks: string, ids: string, names: [string[] | null, string[] | null],
 *   pictures: Pictures | null, near: string | null, nearAfter: string | null, nearest: number, correction: string | null, steps: Step[] }} MapData
 */

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

/** Where in a row of pictures one stands, as the background of an element wants it. @param {number} index @param {number} count */
const percent = (index, count) => `${count > 1 ? (100 * index) / (count - 1) : 0}%`;

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
