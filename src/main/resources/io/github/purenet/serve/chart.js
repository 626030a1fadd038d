// A chart of lines in SVG, as wide as its place.

const NS = 'http://www.w3.org/2000/svg';

function svg(name, attributes, text) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  if (text !== undefined) {
    element.textContent = text;
  }
  return element;
}

/** Returns round numbers from low to high, some four of them. */
function ticks(low, high, count = 4) {
  const raw = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map(f => f * power).find(s => s >= raw * 0.999);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({length: Math.floor(high / step + 1e-9) - first + 1},
    (_, i) => Number(((first + i) * step).toPrecision(10)));
}

const short = value => value >= 10000 ? `${Number((value / 1000).toPrecision(3))}k` : String(value);

export class Chart {
  /** @param settings xLabel; yRange, or none for that of the numbers from 0 on */
  constructor(place, settings) {
    this.place = place;
    this.settings = settings;
    this.data = {lines: [], from: 0, to: 1, text: ''};
    new ResizeObserver(() => this.draw()).observe(place);
  }

  /**
   * Shows lines, each {kind, points: [[x, y], ...], dots}, over x from one number to another;
   * the text says in words what they show.
   */
  show(lines, from, to, text) {
    this.data = {lines, from, to, text};
    this.draw();
  }

  draw() {
    const width = this.place.clientWidth;
    const height = this.place.clientHeight;
    if (width < 50) {
      return;
    }
    const {lines, from, to, text} = this.data;
    const ys = lines.flatMap(line => line.points.map(point => point[1])).filter(Number.isFinite);
    const [low, high] = this.settings.yRange || [0, Math.max(1e-6, 1.05 * Math.max(0, ...ys))];
    const [left, right, top, bottom] = [44, width - 20, 8, height - 40];
    const x = value => left + (value - from) / (to - from || 1) * (right - left);
    const y = value => bottom - (Math.min(high, value) - low) / (high - low) * (bottom - top);
    const root = svg('svg', {width, height, 'aria-hidden': 'true'});
    for (const value of ticks(low, high)) {
      root.append(svg('line', {class: 'grid', x1: left, x2: right, y1: y(value), y2: y(value)}),
        svg('text', {x: left - 8, y: y(value) + 4, 'text-anchor': 'end'}, short(value)));
    }
    const whole = ticks(from, to, width < 400 ? 4 : 6).filter(Number.isInteger);
    for (const value of whole) {
      root.append(svg('text', {x: x(value), y: bottom + 18, 'text-anchor': 'middle'}, short(value)));
    }
    root.append(svg('text', {x: (left + right) / 2, y: height - 4, 'text-anchor': 'middle'},
      this.settings.xLabel));
    for (const line of lines) {
      const points = line.points.filter(point => Number.isFinite(point[1]));
      root.append(svg('polyline', {class: `line ${line.kind}`,
        points: points.map(point => `${x(point[0]).toFixed(1)},${y(point[1]).toFixed(1)}`).join(' ')}));
      if (line.dots && points.length <= 60) {
        root.append(...points.map(point => line.kind === 'test'
          ? svg('rect', {class: `dot ${line.kind}`, x: x(point[0]) - 3, y: y(point[1]) - 3, width: 6, height: 6})
          : svg('circle', {class: `dot ${line.kind}`, cx: x(point[0]), cy: y(point[1]), r: 3})));
      }
    }
    this.place.replaceChildren(root);
    this.place.setAttribute('aria-label', text);
  }
}
