// A sheet that is moved and zoomed under a window: by wheel, pinch, drag and keys. Only a transform ever changes, so the
// browser lays nothing out again.
// @ts-check

/** @typedef {{x: number, y: number, width: number, height: number}} Box */

const LEAST = 0.02;
const MOST = 8;
const STILL = 140; // milliseconds without a move, after which letters are drawn sharp again
const CLICK = 5; // pixels that a click may tremble
const MARGIN = 24;
const FAR = 0.1; // the scale below which letters are dust

export class Stage {
  /**
   * @param {HTMLElement} window_ what is seen
   * @param {HTMLElement} sheet what moves, its origin at the window's
   * @param {{moved: () => void, clicked: (event: PointerEvent) => void}} told
   */
  constructor(window_, sheet, told) {
    this.window = window_;
    this.sheet = sheet;
    this.told = told;
    this.x = 0;
    this.y = 0;
    this.scale = 1;
    /** Where the sheet's own coordinates begin: its top left corner. */
    this.origin = { x: 0, y: 0 };
    this.frame = 0;
    this.rest = 0;
    /** @type {Map<number, {x: number, y: number}>} */
    this.fingers = new Map();
    this.travelled = 0;
    this.listen();
  }

  listen() {
    const on = (/** @type {string} */ name, /** @type {(event: any) => void} */ act, passive = true) => this.window.addEventListener(name, act, { passive });
    on("wheel", (event) => this.wheel(event), false);
    on("pointerdown", (event) => this.down(event));
    on("pointermove", (event) => this.move(event));
    on("pointerup", (event) => this.up(event));
    on("pointercancel", (event) => this.fingers.delete(event.pointerId));
    on("keydown", (event) => this.key(event), false);
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    const mouse = event.deltaMode !== 0 || (event.deltaX === 0 && Math.abs(event.deltaY) >= 60 && Number.isInteger(event.deltaY));
    if (!event.ctrlKey && !event.metaKey && !mouse) return this.pan(-event.deltaX, -event.deltaY);
    const step = event.deltaMode ? event.deltaY * 16 : event.deltaY;
    this.zoom(Math.exp(-step * (event.ctrlKey && !mouse ? 0.01 : 0.0018)), this.at(event));
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.button > 1) return;
    this.fingers.set(event.pointerId, this.at(event));
    if (this.fingers.size === 1) this.travelled = 0;
  }

  /** @param {PointerEvent} event */
  move(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = this.at(event);
    this.travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (this.travelled > CLICK && !this.window.hasPointerCapture(event.pointerId)) this.window.setPointerCapture(event.pointerId);
    const others = [...this.fingers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    this.fingers.set(event.pointerId, now);
    if (this.travelled <= CLICK) return;
    if (!others.length) return this.pan(now.x - before.x, now.y - before.y);
    const other = others[0];
    const spread = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    this.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    this.zoom(spread, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
  }

  /** @param {PointerEvent} event */
  up(event) {
    const was = this.fingers.delete(event.pointerId);
    if (was && this.travelled <= CLICK && event.button === 0) this.told.clicked(event);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 240 : 80;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowLeft: () => this.pan(step, 0), ArrowRight: () => this.pan(-step, 0), ArrowUp: () => this.pan(0, step), ArrowDown: () => this.pan(0, -step),
      "+": () => this.zoom(1.25), "=": () => this.zoom(1.25), "-": () => this.zoom(0.8), 0: () => this.fit(), 1: () => this.zoom(1 / this.scale),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** @param {{clientX: number, clientY: number}} event */
  at(event) {
    const box = this.window.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /**
   * @param {number} dx
   * @param {number} dy
   */
  pan(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.paint();
  }

  /**
   * @param {number} factor
   * @param {{x: number, y: number}} [at] the point of the window that stays
   */
  zoom(factor, at = { x: this.window.clientWidth / 2, y: this.window.clientHeight / 2 }) {
    const scale = Math.min(MOST, Math.max(LEAST, this.scale * factor));
    const by = scale / this.scale;
    this.x = at.x - (at.x - this.x) * by;
    this.y = at.y - (at.y - this.y) * by;
    this.scale = scale;
    this.paint();
  }

  /** What is fitted where nothing is told: the whole sheet. */
  whole = /** @type {Box} */ ({ x: 0, y: 0, width: 1, height: 1 });
  /** What covers the window at its edges, in pixels. */
  covered = { top: 0, right: 0, bottom: 0, left: 0 };

  /**
   * Shows a box of the sheet as large as it fits, at most at 100%; on a very large screen at most at 200%.
   * @param {Box} [box]
   */
  fit(box = this.whole) {
    const free = this.free();
    const most = Math.max(1, Math.min(2, this.window.clientWidth / 1920));
    this.scale = Math.max(LEAST, Math.min(most, (free.width - 2 * MARGIN) / box.width, (free.height - 2 * MARGIN) / box.height));
    this.center({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  }

  /** The part of the window that nothing covers. */
  free() {
    const { top, right, bottom, left } = this.covered;
    return { x: left, y: top, width: Math.max(80, this.window.clientWidth - left - right), height: Math.max(80, this.window.clientHeight - top - bottom) };
  }

  /** @param {{x: number, y: number}} point of the sheet */
  center(point) {
    const free = this.free();
    this.x = free.x + free.width / 2 - (point.x - this.origin.x) * this.scale;
    this.y = free.y + free.height / 2 - (point.y - this.origin.y) * this.scale;
    this.paint();
  }

  /**
   * Brings a box into sight, moving no more than it takes.
   * @param {Box} box
   */
  reveal(box) {
    const free = this.free();
    const left = this.x + (box.x - this.origin.x) * this.scale;
    const top = this.y + (box.y - this.origin.y) * this.scale;
    const seen = left >= free.x && top >= free.y && left + box.width * this.scale <= free.x + free.width && top + box.height * this.scale <= free.y + free.height;
    if (!seen) this.center({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  }

  /** The middle of the window in the sheet's units, and the scale: what a link needs to show the same. */
  get view() {
    const x = (this.window.clientWidth / 2 - this.x) / this.scale + this.origin.x;
    const y = (this.window.clientHeight / 2 - this.y) / this.scale + this.origin.y;
    return { x, y, scale: this.scale };
  }

  /** @param {{x: number, y: number, scale: number}} view */
  restore(view) {
    this.scale = Math.min(MOST, Math.max(LEAST, view.scale));
    this.x = this.window.clientWidth / 2 - (view.x - this.origin.x) * this.scale;
    this.y = this.window.clientHeight / 2 - (view.y - this.origin.y) * this.scale;
    this.paint();
  }

  paint() {
    this.sheet.classList.add("moving");
    clearTimeout(this.rest);
    this.rest = window.setTimeout(() => {
      this.sheet.classList.remove("moving");
      this.told.moved();
    }, STILL);
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.sheet.classList.toggle("far", this.scale < FAR);
      this.sheet.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
    });
  }
}

/**
 * The box round boxes.
 * @param {Box[]} boxes at least one
 * @returns {Box}
 */
export function around(boxes) {
  const x = Math.min(...boxes.map((one) => one.x));
  const y = Math.min(...boxes.map((one) => one.y));
  return { x, y, width: Math.max(...boxes.map((one) => one.x + one.width)) - x, height: Math.max(...boxes.map((one) => one.y + one.height)) - y };
}
