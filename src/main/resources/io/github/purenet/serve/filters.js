// The editor of one filter: its weights as fields, presets, and a strength.

import {call, complain, element} from './server.js';

const MOST = 8; // filters that may be changed at once
const TEMPLATES = {
  zero: () => 0,
  blur: () => 1,
  horizontal: (y, x, h) => Math.sign((h - 1) / 2 - y),
  vertical: (y, x, h, w) => Math.sign((w - 1) / 2 - x),
};
const byId = id => document.getElementById(id);
const round = value => Number(value.toFixed(3));

export class Filters {
  /** @param changed called with the time of the event after each change */
  constructor(layers, changed) {
    this.layers = layers;
    this.changed = changed;
    this.changes = new Map(); // by "layer/index": layer, index, weights, bias
    this.originals = new Map();
    byId('filter').hidden = layers.length === 0;
    if (layers.length === 0) {
      return;
    }
    byId('filter-layer').append(...layers.map(layer => new Option(layer.name)));
    byId('filter-layer').addEventListener('change', () => this.choose(this.layerName(), 0));
    byId('filter-index').addEventListener('change', () => this.load());
    byId('filter-channel').addEventListener('change', () => this.draw());
    byId('bias').addEventListener('input', e => this.edit(e, c => { c.bias = Number(e.target.value); }));
    byId('strength').addEventListener('input', e => this.scale(e));
    byId('presets').addEventListener('click', e => this.preset(e));
    byId('reset').addEventListener('click', e => this.reset(e));
    this.choose(layers[0].name, 0);
  }

  layerName() {
    return byId('filter-layer').value;
  }

  get layer() {
    return this.layers.find(layer => layer.name === this.layerName());
  }

  get key() {
    return `${this.layerName()}/${byId('filter-index').value}`;
  }

  /** Returns what is sent to the server. */
  list() {
    return [...this.changes.values()];
  }

  /** Shows a filter, if there is such a layer. */
  choose(name, index) {
    if (!this.layers.some(layer => layer.name === name)) {
      return;
    }
    byId('filter-layer').value = name;
    const {filters, channels} = this.layer;
    const options = count => Array.from({length: count}, (_, i) => new Option(String(i + 1), String(i)));
    byId('filter-index').replaceChildren(...options(filters));
    byId('filter-index').value = String(Math.min(index, filters - 1));
    byId('filter-channel').replaceChildren(...options(channels));
    byId('filter-channel-label').hidden = channels === 1;
    this.load();
  }

  /** Fetches the weights of the filter that is chosen, unless they are here. */
  async load() {
    const key = this.key;
    this.makeFields();
    if (!this.originals.has(key)) {
      const query = new URLSearchParams({layer: this.layerName(), index: byId('filter-index').value});
      try {
        this.originals.set(key, await call(`api/filters?${query}`));
      } catch (problem) {
        complain(problem);
        return;
      }
    }
    if (key === this.key) {
      this.draw();
    }
  }

  /** Forgets the weights of the network, which has become another one. */
  forget() {
    this.originals.clear();
    if (this.layers.length > 0) {
      this.load();
    }
  }

  current() {
    return this.changes.get(this.key) || this.originals.get(this.key);
  }

  /** Shows the weights of the channel that is chosen; the strength begins anew. */
  draw(keepStrength = false) {
    const filter = this.current();
    const first = this.firstWeight();
    const most = Math.max(1e-9, ...filter.weights.map(Math.abs));
    [...byId('weights').children].forEach((field, i) => {
      const value = filter.weights[first + i];
      if (document.activeElement !== field) {
        field.value = String(round(value));
      }
      field.style.setProperty('--share', `${Math.round(70 * Math.abs(value) / most)}%`);
      field.classList.toggle('below', value < 0);
    });
    byId('bias').value = String(round(filter.bias));
    if (!keepStrength) {
      byId('strength').value = '1';
      this.base = filter;
    }
    this.tell();
  }

  /** Makes a field for each weight of a channel. */
  makeFields() {
    const {height, width} = this.layer;
    const grid = byId('weights');
    if (grid.childElementCount !== height * width || grid.dataset.width !== String(width)) {
      grid.replaceChildren(...Array.from({length: height * width}, (_, i) => this.field(i, width)));
      grid.style.setProperty('--columns', width);
      grid.dataset.width = String(width);
    }
  }

  /** Returns where the weights of the channel that is chosen begin. */
  firstWeight() {
    const {height, width} = this.layer;
    return Number(byId('filter-channel').value) * height * width;
  }

  field(i, width) {
    const field = element('input', {type: 'number', step: '0.05', class: 'weight',
      'aria-label': `Weight, row ${Math.floor(i / width) + 1}, column ${i % width + 1}`});
    field.addEventListener('input', e => this.edit(e, change => {
      change.weights[this.firstWeight() + i] = Number(e.target.value);
    }));
    field.addEventListener('blur', () => this.draw(true));
    return field;
  }

  /** Changes a copy of the filter. */
  edit(e, change, keepStrength = false) {
    if (!this.current()) {
      return;
    }
    if (!this.changes.has(this.key) && this.changes.size === MOST) {
      complain(new Error(`At most ${MOST} filters can be changed at once.`));
      return;
    }
    const {layer, index, weights, bias} = this.current();
    const copy = {layer, index, weights: [...weights], bias};
    change(copy);
    if ([...copy.weights, copy.bias].every(Number.isFinite)) {
      this.changes.set(this.key, copy);
      this.draw(keepStrength);
      this.changed(e.timeStamp);
    }
  }

  scale(e) {
    const factor = Number(e.target.value);
    this.edit(e, change => {
      change.weights = this.base.weights.map(weight => factor * weight);
    }, true);
  }

  preset(e) {
    const name = e.target.dataset.preset;
    if (name === 'original') {
      this.changes.delete(this.key);
      this.draw();
      this.changed(e.timeStamp);
    } else if (name) {
      this.edit(e, change => { change.weights = this.template(TEMPLATES[name]); });
    }
  }

  /** Returns the weights of a template, as strong together as those of the original filter. */
  template(value) {
    const {channels, height, width} = this.layer;
    const weights = Array.from({length: channels * height * width},
      (_, i) => value(Math.floor(i / width) % height, i % width, height, width));
    const norm = array => Math.hypot(...array);
    const factor = norm(this.originals.get(this.key).weights) / (norm(weights) || 1);
    return weights.map(weight => factor * weight);
  }

  reset(e) {
    this.changes.clear();
    this.draw();
    this.changed(e.timeStamp);
  }

  tell() {
    const count = this.changes.size;
    byId('reset').disabled = count === 0;
    const names = [...this.changes.values()].map(c => `filter ${c.index + 1} of ${c.layer}`).join(', ');
    byId('filter-state').textContent = count === 0
      ? 'As trained. Changes are yours alone and can be reset.'
      : `Changed: ${names}. Marks on the bars show the network as trained.`;
  }
}
