// A training as it runs: server-sent events become curves, a table and a line of state.

import {Chart} from './chart.js';
import {call, complain, element} from './server.js';

const byId = id => document.getElementById(id);
const digits = (value, count) => value === null ? '–' : value.toFixed(count);

/** Returns for example 0:07, 12:30 or 1:02:03. */
function duration(seconds) {
  const whole = Math.round(seconds);
  const two = value => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return whole < 3600 ? `${minutes}:${two(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** Returns a running mean of losses, over about a fiftieth of them. */
function smooth(losses) {
  const share = 1 / Math.max(1, Math.min(50, losses.length / 20));
  let mean = losses[0];
  return losses.map(loss => {
    mean += share * (loss - mean);
    return mean;
  });
}

const REST = 500; // milliseconds from an epoch to when its network is asked for

export class Training {
  /** @param epochEnded called some time after the network of the server has become another one */
  constructor(epochEnded) {
    this.epochEnded = epochEnded;
    this.losses = new Chart(byId('loss-chart'), {xLabel: 'step'});
    this.metrics = new Chart(byId('metric-chart'), {xLabel: 'epoch', yRange: [0, 1]});
    byId('training').hidden = false;
    byId('stop').addEventListener('click', () => this.stop());
    const events = new EventSource('api/training');
    const on = (name, handle) => events.addEventListener(name, e => handle(JSON.parse(e.data)));
    on('state', state => this.begin(state));
    on('step', step => this.step(step));
    on('epoch', epoch => this.epoch(epoch));
    on('end', end => {
      events.close(); // or else it would connect again
      this.end(end);
    });
    events.addEventListener('error', () => this.lost(events));
  }

  /** All that has been so far. */
  begin(state) {
    complain(null);
    this.state = state;
    byId('metric-name').textContent = state.metric[0].toUpperCase() + state.metric.slice(1);
    this.metrics.settings.yRange = state.metric.includes('accuracy') ? [0, 1] : undefined;
    byId('epochs').tBodies[0].replaceChildren(...state.history.map(epoch => this.tableRow(epoch)));
    this.drawMetrics();
    this.drawLosses();
    this.say(state);
  }

  step(step) {
    const {loss} = step;
    const kept = this.state.loss.every === loss.every ? this.state.loss.values.slice(0, loss.from) : [];
    Object.assign(this.state, step, {loss: {every: loss.every, values: kept.concat(loss.values)}});
    this.drawLosses();
    this.say(step);
  }

  epoch(epoch) {
    this.state.history.push(epoch);
    byId('epochs').tBodies[0].append(this.tableRow(epoch));
    this.drawMetrics();
    this.rest ??= setTimeout(() => { // epochs may be short, and the server may end with the last one
      this.rest = null;
      this.epochEnded();
    }, REST);
  }

  say({epoch, step, secondsLeft, samplesPerSecond}) {
    const {epochs, steps} = this.state;
    byId('training-progress').value = ((epoch - 1) * steps + step) / (epochs * steps);
    const state = `Epoch ${epoch} of ${epochs}`;
    if (byId('training-state').textContent !== state) { // it is spoken
      byId('training-state').textContent = state;
    }
    byId('training-pace').textContent = secondsLeft === null ? 'It begins.'
      : `Step ${step} of ${steps}, ${Math.round(samplesPerSecond)} images a second, ${duration(secondsLeft)} left`;
  }

  end({ending, testMetric, saved}) {
    const words = {complete: 'has ended', stopped: 'was stopped', interrupted: 'was interrupted',
      failed: 'has failed'};
    byId('training-state').textContent = `The training ${words[ending]}.`;
    const test = testMetric === null ? '' : `${this.state.metric} on the test images ${digits(testMetric, 4)}. `;
    byId('training-pace').textContent = (test && test[0].toUpperCase() + test.slice(1))
      + (saved ? `Saved as ${saved}.` : '') || ' ';
    byId('stop').disabled = true;
    clearTimeout(this.rest);
    this.over = true;
  }

  lost(events) {
    if (!this.over && events.readyState === EventSource.CLOSED) {
      byId('training-state').textContent = 'The server has ended.';
      byId('stop').disabled = true;
    }
  }

  async stop() {
    byId('stop').disabled = true;
    try {
      await call('api/training/stop', {});
      byId('training-state').textContent = 'Stopping after this step';
    } catch (problem) {
      byId('stop').disabled = false;
      complain(problem);
    }
  }

  drawLosses() {
    const {loss, epochs, steps} = this.state;
    const at = values => values.map((value, i) => [(i + 0.5) * loss.every, value]);
    const last = loss.values.at(-1);
    this.losses.show([{kind: 'raw', points: at(loss.values)},
      {kind: 'train', points: at(loss.values.length ? smooth(loss.values) : [])}],
    0, epochs * steps, last === undefined ? 'No step yet' : `Loss of each step, raw and smoothed; `
      + `it began at ${digits(loss.values[0], 3)} and is ${digits(smooth(loss.values).at(-1), 3)} now`);
  }

  drawMetrics() {
    const {history, epochs, metric} = this.state;
    const points = name => history.map(epoch => [epoch.epoch, epoch[name] ?? NaN]);
    const last = history.at(-1);
    this.metrics.show([{kind: 'train', dots: true, points: points('train')},
      {kind: 'test', dots: true, points: points('test')}],
    0, epochs, last ? `${metric} after epoch ${last.epoch}: training ${digits(last.train, 4)}, `
      + `test ${digits(last.test, 4)}` : 'No epoch yet');
  }

  tableRow(epoch) {
    return element('tr', {}, element('th', {scope: 'row'}, String(epoch.epoch)),
      ...[digits(epoch.loss, 4), digits(epoch.train, 4), digits(epoch.test, 4),
        epoch.learningRate === null ? '–' : String(Number(epoch.learningRate.toPrecision(3))),
        digits(epoch.seconds, 1)].map(text => element('td', {}, text)));
  }
}
