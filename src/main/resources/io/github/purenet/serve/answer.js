// The prediction: its bars, and what a screen reader says of it.

import {element} from './server.js';

const MOST = 12; // bars; of more classes the best ones are shown
const QUIET = 700; // milliseconds without a change before the prediction is spoken

const percent = p => `${(100 * p).toFixed(1)} %`;

export class Answer {
  /** @param chosen called with a class, or null, when it is to be explained */
  constructor(model, chosen) {
    this.names = model.classes;
    this.list = document.getElementById('bars');
    this.all = this.names.length <= MOST;
    this.explained = null;
    this.rows = Array.from({length: Math.min(MOST, this.names.length)}, () => this.row(chosen));
    this.list.style.setProperty('--label', `${this.labelWidth()}ch`);
    this.clear();
  }

  labelWidth() {
    return Math.min(14, 0.5 + 1.1 * Math.max(...this.names.map(name => name.length)));
  }

  row(chosen) {
    const row = {
      label: element('span', {class: 'label'}),
      bar: element('span', {class: 'bar'}),
      was: element('span', {class: 'was'}),
      value: element('span', {class: 'value'}),
    };
    row.button = element('button', {type: 'button', 'aria-pressed': 'false'}, row.label,
      element('span', {class: 'track'}, row.bar, row.was), row.value);
    row.button.addEventListener('click', () => {
      this.explained = this.explained === row.index ? null : row.index;
      this.press();
      chosen(this.explained);
    });
    this.list.append(element('li', {}, row.button));
    return row;
  }

  press() {
    for (const row of this.rows) {
      row.button.setAttribute('aria-pressed', String(row.index === this.explained));
    }
  }

  /** Shows that there is nothing to predict. */
  clear() {
    this.fill(this.names.map(() => 0), null);
    this.say('–', 'nothing drawn yet', '');
  }

  /** Shows probabilities, and those that the network gives without changed filters, or null. */
  show(probabilities, original) {
    this.fill(probabilities, original);
    const order = probabilities.map((p, k) => k).sort((a, b) => probabilities[b] - probabilities[a]);
    const [best, second] = order;
    let text = `${this.names[best]}, ${percent(probabilities[best])}`;
    if (second !== undefined) {
      text += `; then ${this.names[second]}, ${percent(probabilities[second])}`;
    }
    this.say(this.names[best], percent(probabilities[best]), text);
  }

  fill(probabilities, original) {
    let order = probabilities.map((p, k) => k);
    if (!this.all) {
      order = order.sort((a, b) => probabilities[b] - probabilities[a]).slice(0, MOST);
    }
    const best = Math.max(...probabilities);
    this.rows.forEach((row, i) => {
      const k = order[i];
      const p = probabilities[k];
      row.index = k;
      row.label.textContent = this.names[k];
      row.label.title = this.names[k];
      row.bar.style.transform = `scaleX(${p})`;
      row.was.hidden = !original || Math.abs(original[k] - p) < 0.005;
      row.was.style.left = original ? `${100 * original[k]}%` : '0';
      row.value.textContent = percent(p);
      row.button.classList.toggle('best', p === best && best > 0);
    });
    this.press();
  }

  say(name, sure, spoken) {
    document.getElementById('guess-name').textContent = name;
    document.getElementById('guess-sure').textContent = sure;
    document.getElementById('guess-small').textContent = `${name} ${sure}`;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      document.getElementById('announce').textContent = spoken;
    }, QUIET);
  }
}
