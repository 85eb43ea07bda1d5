// Two ways of drawing the same view: with WebGL 2, and with a plain canvas.

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
