// The page: sends what lies on the pad to the server, and shows what the network makes of it.

import {Answer} from './answer.js';
import {Filters} from './filters.js';
import {Layers, drawHeat, picture} from './layers.js';
import {Pad, SIZE} from './pad.js';
import {call, complain, element} from './server.js';
import {Training} from './training.js';

const SAMPLES = 16; // thumbnails at a time
const LONGEST = 512; // side of a picture that is sent
const RETRY = 500; // milliseconds after an answer that the server is busy
const byId = id => document.getElementById(id);

const model = await call('api/page').catch(problem => {
  complain(problem);
  throw problem;
});
if (!model.pictures) {
  const problem = new Error(`${model.name} is no classifier of pictures: there is nothing to draw.`);
  complain(problem);
  throw problem;
}
const channels = model.input[0];

const pad = new Pad(time => {
  sample = null;
  file = null;
  say(pad.isEmpty ? 'Nothing drawn yet' : 'Your drawing');
  changed(time);
});
const answer = new Answer(model, k => {
  target = k;
  changed(performance.now());
});
const layers = new Layers((name, index) => filters.choose(name, index));
const filters = new Filters(model.filters, changed);

let sample = null; // the test image on the pad
let file = null; // the picture on the pad, in base64
let target = null; // the class to explain, or null for the one that is predicted
let since = null; // when the first change happened that the server has not seen
let asking = false;
let training = null; // the one that the page shows, if any
const times = [];

function say(text) {
  byId('source').textContent = text;
}

/** Asks the server, at once or when it has answered the question before. */
function changed(time) {
  since ??= time;
  if (!asking) {
    ask();
  }
}

async function ask() {
  asking = true;
  while (since !== null) {
    const start = since;
    since = null;
    const empty = pad.isEmpty;
    const box = inkBox();
    try {
      show(await call('api/inspect', question()), empty, box);
      complain(null);
      measure(performance.now() - start);
    } catch (problem) {
      complain(training?.over && problem.status === 0
        ? new Error('The page has ended with the training; purenet serve opens one of its network.') : problem);
      if (problem.status === 429 || problem.status === 503) {
        await new Promise(resolve => setTimeout(resolve, RETRY));
        since ??= start;
      }
    }
  }
  asking = false;
}

function question() {
  const asked = {filters: filters.list()};
  if (target !== null) {
    asked.class = target;
  }
  if (sample !== null) {
    asked.sample = sample;
  } else {
    asked.picture = file || pad.picture();
    asked.asMnist = byId('as-mnist').checked;
  }
  return asked;
}

function show(inspection, empty, box) {
  if (empty) {
    answer.clear();
  } else {
    answer.show(inspection.probabilities, inspection.original);
  }
  layers.show(inspection, new Set(filters.list().map(change => `${change.layer}/${change.index}`)));
  drawHeat(byId('heat'), empty ? null : inspection.heat, heatBox(inspection, box));
  if (sample !== null) {
    pad.show(picture(inspection.input));
  }
}

/** Shows how long the network took from a stroke to the bars. */
function measure(time) {
  times.push(time);
  if (times.length > 100) {
    times.shift();
  }
  const median = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
  const line = byId('latency');
  line.textContent = `${Math.round(time)} ms from stroke to bars`;
  line.title = `Median ${median.toFixed(1)} ms of the last ${times.length}`;
  line.dataset.median = median.toFixed(1);
}

/** Returns the box of what is inked on the pad if it is moved and scaled as MNIST did, or null. */
function inkBox() {
  if (sample !== null || !byId('as-mnist').checked) {
    return null;
  }
  const data = pad.context.getImageData(0, 0, SIZE, SIZE).data;
  return boundingBox(SIZE, SIZE, i => data[4 * i]);
}

/** Returns where on the pad the input of the network lies, in shares of the pad. */
function heatBox({input}, ink) {
  if (!ink) {
    return {x: 0, y: 0, width: 1, height: 1};
  }
  const data = atob(input.data);
  const seen = boundingBox(input.height, input.width, i => data.charCodeAt(i));
  if (!seen) {
    return null;
  }
  const scaleX = ink.width / seen.width;
  const scaleY = ink.height / seen.height;
  return {x: (ink.x - scaleX * seen.x) / SIZE, y: (ink.y - scaleY * seen.y) / SIZE,
    width: scaleX * input.width / SIZE, height: scaleY * input.height / SIZE};
}

function boundingBox(h, w, value) {
  let [left, top, right, bottom] = [w, h, -1, -1];
  for (let i = 0; i < h * w; i++) {
    if (value(i) > 25) {
      left = Math.min(left, i % w);
      right = Math.max(right, i % w);
      top = Math.min(top, Math.floor(i / w));
      bottom = Math.max(bottom, Math.floor(i / w));
    }
  }
  return right < 0 ? null : {x: left, y: top, width: right - left + 1, height: bottom - top + 1};
}

/** Puts a picture of the user onto the pad. */
async function open(blob) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(blob);
  } catch {
    complain(new Error(`${blob.name}: expected a picture, such as PNG or JPEG`));
    return;
  }
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(scale * bitmap.width));
  canvas.height = Math.max(1, Math.round(scale * bitmap.height));
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  pad.show(canvas);
  sample = null;
  file = canvas.toDataURL('image/png').split(',')[1];
  say(blob.name);
  changed(performance.now());
}

let nextSample = 0;

async function moreSamples() {
  const {samples} = await call(`api/samples?from=${nextSample}&count=${SAMPLES}`);
  nextSample = nextSample + SAMPLES < model.samples ? nextSample + SAMPLES : 0;
  byId('samples').replaceChildren(...samples.map(one => {
    const canvas = element('canvas', {'aria-hidden': 'true'});
    canvas.width = one.input.width;
    canvas.height = one.input.height;
    canvas.getContext('2d').drawImage(picture(one.input), 0, 0);
    const label = model.classes[one.class];
    const button = element('button', {type: 'button', 'aria-label': `Test image ${one.index}, ${label}`}, canvas);
    button.addEventListener('click', e => {
      pad.show(picture(one.input));
      sample = one.index;
      file = null;
      say(`Test image ${one.index}: ${label}`);
      changed(e.timeStamp);
    });
    return button;
  }));
}

byId('model').textContent = `${model.name}, ${model.input.join(' × ')} → ${model.classes.length} classes, `
  + `${model.parameters.toLocaleString('en')} parameters`;
document.title = `${model.name} – PureNet`;
byId('as-mnist-label').hidden = channels !== 1;
byId('as-mnist').checked = model.asMnist;
byId('ink-label').hidden = channels !== 3;
if (channels === 3) {
  pad.colors('#fff', '#000000');
}
byId('ink').addEventListener('input', e => { pad.ink = e.target.value; });
byId('clear').addEventListener('click', e => pad.clear(e.timeStamp));
byId('undo').addEventListener('click', e => pad.undo(e.timeStamp));
byId('as-mnist').addEventListener('change', e => changed(e.timeStamp));
byId('show-heat').addEventListener('change', e => { byId('heat').hidden = !e.target.checked; });
byId('file').addEventListener('change', e => {
  if (e.target.files.length) {
    open(e.target.files[0]);
    e.target.value = '';
  }
});
window.addEventListener('dragover', e => e.preventDefault());
window.addEventListener('drop', e => { // anywhere, or else the browser would leave the page
  e.preventDefault();
  if (e.dataTransfer.files.length) {
    open(e.dataTransfer.files[0]);
  }
});
byId('more').addEventListener('click', () => moreSamples().catch(complain));

say('Nothing drawn yet');
if (model.training) {
  training = new Training(() => {
    filters.forget();
    changed(performance.now());
  });
  window.addEventListener('pagehide', () => { training.over = true; });
}
if (model.samples > 0) {
  byId('more').hidden = model.samples <= SAMPLES;
  await moreSamples().catch(complain);
}
since = performance.now();
await ask();
times.length = 0; // that was no stroke
byId('latency').textContent = '';
byId('main').classList.remove('loading');
