// The answers of the layers, and the heat map, drawn on canvases.

import {bytes, element} from './server.js';

/** Returns the colors of the style sheet as red, green and blue. */
function palette() {
  const style = getComputedStyle(document.documentElement);
  const color = name => {
    const hex = style.getPropertyValue(name).trim();
    return [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
  };
  return {zero: color('--zero'), positive: color('--positive'), negative: color('--negative'),
    heat: color('--heat')};
}

/** Returns a canvas of images side by side, whose bytes mean -127 to 127 around 128. */
function signed(data, count, height, width, colors) {
  const canvas = new OffscreenCanvas(width, count * height);
  const image = new ImageData(width, count * height);
  for (let i = 0; i < data.length; i++) {
    const value = (data[i] - 128) / 127;
    const end = value < 0 ? colors.negative : colors.positive;
    const share = Math.min(1, Math.abs(value));
    for (let c = 0; c < 3; c++) {
      image.data[4 * i + c] = colors.zero[c] + share * (end[c] - colors.zero[c]);
    }
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext('2d').putImageData(image, 0, 0);
  return canvas;
}

/** Returns a picture (C, H, W) of bytes as a canvas. */
export function picture({channels, height, width, data}) {
  const source = bytes(data);
  const image = new ImageData(width, height);
  const size = height * width;
  for (let i = 0; i < size; i++) {
    for (let c = 0; c < 3; c++) {
      image.data[4 * i + c] = source[channels === 3 ? c * size + i : i];
    }
    image.data[4 * i + 3] = 255;
  }
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d').putImageData(image, 0, 0);
  return canvas;
}

export class Layers {
  /** @param chosen called with the name of a layer and the index of a map that was clicked */
  constructor(chosen) {
    this.chosen = chosen;
    this.root = document.getElementById('layers');
    this.rows = new Map();
    this.last = null;
    new ResizeObserver(() => this.redraw()).observe(this.root);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.redraw());
  }

  /** Shows the layers of an inspection; changed has the filters that differ, as "layer/index". */
  show(inspection, changed) {
    this.last = {inspection, changed};
    this.redraw();
  }

  redraw() {
    if (!this.last || this.root.clientWidth === 0) {
      return;
    }
    const {inspection, changed} = this.last;
    const colors = palette();
    const {height, width, channels} = inspection.input;
    const input = this.row('input', `${channels === 3 ? 'color' : 'gray'}, ${height} × ${width}`);
    this.drawInput(input, inspection.input);
    for (const layer of inspection.layers) {
      const maps = layer.height * layer.width > 1;
      const row = this.row(layer.name, maps
        ? `${layer.maps} maps, ${layer.fullHeight} × ${layer.fullWidth}` : `${layer.maps} numbers`);
      row.layer = layer;
      row.canvas.setAttribute('aria-label', this.text(layer, maps));
      this.draw(row, layer, maps, changed, colors);
    }
  }

  text(layer, maps) {
    const more = layer.maps > layer.shown ? `, the first ${layer.shown} are shown` : '';
    return `${layer.name}: ${layer.maps} ${maps ? 'feature maps' : 'numbers'}${more}; `
      + `the strongest answer, ${layer.largest.toPrecision(3)}, is in number ${layer.strongest + 1}`;
  }

  row(name, shape) {
    let row = this.rows.get(name);
    if (!row) {
      row = {canvas: element('canvas', {role: 'img'}), shape: element('span', {class: 'note'})};
      row.canvas.addEventListener('click', e => this.click(row, e));
      this.root.append(element('div', {class: 'layer'},
        element('div', {}, element('h3', {}, name), row.shape), row.canvas));
      this.rows.set(name, row);
    }
    row.shape.textContent = shape;
    return row;
  }

  /** Sets the size of a canvas in CSS pixels; returns its context, in which they are the unit. */
  prepare(canvas, width, height) {
    const ratio = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    const context = canvas.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = false;
    return context;
  }

  drawInput(row, input) {
    const side = 84;
    row.canvas.setAttribute('aria-label', 'What the network sees');
    const context = this.prepare(row.canvas, side * Math.min(1, input.width / input.height),
      side * Math.min(1, input.height / input.width));
    context.drawImage(picture(input), 0, 0, row.canvas.width / context.getTransform().a,
      row.canvas.height / context.getTransform().d);
  }

  draw(row, layer, maps, changed, colors) {
    const room = this.root.clientWidth - (this.root.clientWidth < 560 ? 0 : 148);
    const side = maps ? Math.max(24, Math.min(48, 1.6 * layer.width)) : layer.maps <= 20 ? 22 : 12;
    const gap = maps ? 4 : 2;
    const columns = Math.max(1, Math.min(layer.shown, Math.floor((room + gap) / (side + gap))));
    const lines = Math.ceil(layer.shown / columns);
    const tall = maps ? side * layer.height / layer.width : side;
    const context = this.prepare(row.canvas, columns * (side + gap) - gap, lines * (tall + gap) - gap);
    const tiles = signed(bytes(layer.data), layer.shown, layer.height, layer.width, colors);
    row.grid = {columns, side: side + gap, tall: tall + gap};
    for (let i = 0; i < layer.shown; i++) {
      const x = (i % columns) * (side + gap);
      const y = Math.floor(i / columns) * (tall + gap);
      context.drawImage(tiles, 0, i * layer.height, layer.width, layer.height, x, y, side, tall);
      if (changed.has(`${layer.name}/${i}`)) {
        context.strokeStyle = `rgb(${colors.negative})`;
        context.lineWidth = 2;
        context.strokeRect(x + 1, y + 1, side - 2, tall - 2);
      }
    }
  }

  click(row, e) {
    if (row.layer) {
      const index = Math.floor(e.offsetY / row.grid.tall) * row.grid.columns
        + Math.floor(e.offsetX / row.grid.side);
      if (index < row.layer.shown) {
        this.chosen(row.layer.name, index);
      }
    }
  }
}

/** Draws a heat map onto a canvas over the pad, whose place on it is a box in shares of the pad. */
export function drawHeat(canvas, heat, box) {
  const side = 280;
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d');
  if (!heat || !box) {
    return;
  }
  const color = palette().heat;
  const data = bytes(heat.data);
  const image = new ImageData(heat.width, heat.height);
  for (let i = 0; i < data.length; i++) {
    image.data.set([...color, 0.75 * data[i]], 4 * i);
  }
  const small = new OffscreenCanvas(heat.width, heat.height);
  small.getContext('2d').putImageData(image, 0, 0);
  context.drawImage(small, box.x * side, box.y * side, box.width * side, box.height * side);
}
