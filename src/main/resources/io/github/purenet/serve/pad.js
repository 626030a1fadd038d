// The drawing pad: strokes by pointer or keyboard, and the pictures that lie on it instead.

export const SIZE = 280; // pixels of the paper
const GRID = 28; // steps of the keyboard's pen
const CELL = SIZE / GRID;
const PEN = 21;

export class Pad {
  /** @param changed called with the time of the event after each change */
  constructor(changed) {
    this.changed = changed;
    this.element = document.getElementById('pad');
    this.canvas = document.getElementById('paper');
    this.cursor = document.getElementById('cursor');
    this.context = this.canvas.getContext('2d', {willReadFrequently: true});
    this.background = '#000';
    this.ink = '#fff';
    this.strokes = [];
    this.shown = null; // a picture in place of the strokes
    this.pen = {x: GRID / 2, y: GRID / 2, stroke: null};
    this.listen();
    this.redraw();
  }

  /** Colors the paper; what is drawn later has the ink. */
  colors(background, ink) {
    this.background = background;
    this.ink = ink;
    this.element.style.setProperty('--paper', background);
    this.redraw();
  }

  get isEmpty() {
    return this.strokes.length === 0 && this.shown === null;
  }

  /** Returns the paper as a PNG, in base64. */
  picture() {
    return this.canvas.toDataURL('image/png').split(',')[1];
  }

  /** Shows a picture, canvas or bitmap, instead of strokes. */
  show(image) {
    this.lift();
    this.strokes = [];
    this.shown = image;
    this.redraw();
  }

  clear(time) {
    this.lift();
    this.strokes = [];
    this.shown = null;
    this.redraw();
    this.changed(time);
  }

  undo(time) {
    this.lift();
    if (this.shown) {
      this.shown = null;
    } else {
      this.strokes.pop();
    }
    this.redraw();
    this.changed(time);
  }

  redraw() {
    const c = this.context;
    c.fillStyle = this.background;
    c.fillRect(0, 0, SIZE, SIZE);
    if (this.shown) {
      c.imageSmoothingEnabled = this.shown.width > SIZE;
      c.drawImage(this.shown, 0, 0, SIZE, SIZE);
    }
    for (const stroke of this.strokes) {
      this.line(stroke, 0);
    }
  }

  /** Draws a stroke from one of its points on. */
  line(stroke, from) {
    const c = this.context;
    const points = stroke.points;
    c.strokeStyle = stroke.ink;
    c.lineWidth = PEN;
    c.lineCap = 'round';
    c.lineJoin = 'round';
    c.beginPath();
    c.moveTo(points[from].x, points[from].y);
    for (let i = from; i < points.length; i++) {
      c.lineTo(points[i].x, points[i].y);
    }
    c.stroke();
  }

  begin(point) {
    if (this.shown) {
      this.shown = null;
      this.redraw();
    }
    const stroke = {ink: this.ink, points: [point]};
    this.strokes.push(stroke);
    this.line(stroke, 0);
    return stroke;
  }

  extend(stroke, points) {
    const from = stroke.points.length - 1;
    stroke.points.push(...points);
    this.line(stroke, from);
  }

  listen() {
    const held = new Map(); // the stroke of each pointer
    const pad = this.element;
    pad.addEventListener('pointerdown', e => {
      if (e.button !== 0) {
        return;
      }
      this.lift();
      pad.setPointerCapture(e.pointerId);
      held.set(e.pointerId, this.begin(this.place(e)));
      this.changed(e.timeStamp);
      e.preventDefault();
      pad.focus({preventScroll: true, focusVisible: false});
    });
    pad.addEventListener('pointermove', e => {
      const stroke = held.get(e.pointerId);
      if (stroke && this.strokes.includes(stroke)) {
        const events = e.getCoalescedEvents ? e.getCoalescedEvents() : [];
        this.extend(stroke, (events.length ? events : [e]).map(one => this.place(one)));
        this.changed(e.timeStamp);
      }
    });
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
      pad.addEventListener(end, e => held.delete(e.pointerId));
    }
    pad.addEventListener('keydown', e => this.key(e));
    pad.addEventListener('blur', () => {
      this.lift();
      this.cursor.hidden = true;
    });
  }

  place(e) {
    const box = this.canvas.getBoundingClientRect();
    return {
      x: (e.clientX - box.left) * SIZE / box.width,
      y: (e.clientY - box.top) * SIZE / box.height,
    };
  }

  key(e) {
    const move = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[e.key];
    const letter = e.key.toLowerCase();
    if (letter === 'z' && !e.altKey) { // Ctrl+Z and Command+Z, too
      this.undo(e.timeStamp);
    } else if (e.ctrlKey || e.metaKey || e.altKey) {
      return;
    } else if (move) {
      this.pen.x = Math.max(0, Math.min(GRID - 1, this.pen.x + move[0]));
      this.pen.y = Math.max(0, Math.min(GRID - 1, this.pen.y + move[1]));
      if (this.pen.stroke) {
        this.extend(this.pen.stroke, [this.penPlace()]);
        this.changed(e.timeStamp);
      }
    } else if (e.key === ' ') {
      const down = !this.pen.stroke;
      if (down) {
        this.pen.stroke = this.begin(this.penPlace());
        this.changed(e.timeStamp);
      } else {
        this.lift();
      }
      document.getElementById('pen').textContent =
        `Pen ${down ? 'down' : 'up'}, column ${this.pen.x + 1}, row ${this.pen.y + 1} of ${GRID}`;
    } else if (letter === 'c') {
      this.clear(e.timeStamp);
    } else {
      return;
    }
    e.preventDefault();
    this.showCursor();
  }

  penPlace() {
    return {x: (this.pen.x + 0.5) * CELL, y: (this.pen.y + 0.5) * CELL};
  }

  lift() {
    this.pen.stroke = null;
    this.cursor.classList.remove('down');
  }

  showCursor() {
    this.cursor.hidden = false;
    this.cursor.classList.toggle('down', this.pen.stroke !== null);
    const place = this.penPlace();
    this.cursor.style.left = `${100 * place.x / SIZE}%`;
    this.cursor.style.top = `${100 * place.y / SIZE}%`;
  }
}
