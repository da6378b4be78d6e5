// A drawing: its pages side by side, what is said of places on them, tags to find and suggestions to review.
// @ts-check
import { Refused, json, root } from "../api.js";
import { fill, h, toast } from "../dom.js";
import { icon } from "../icons.js";
import { note } from "../router.js";
import { Stage } from "../diagram/stage.js";
import { link } from "./model.js";
import { Panel } from "./panel.js";
import { Project } from "./project.js";

/** @typedef {Record<string, any>} Entity */
/** @typedef {import("./project.js").Hit} Hit */
/** @typedef {{number: number, x: number, width: number, height: number, words: {text: string, x: number, y: number, width: number, height: number}[]}} Sheet */

const BETWEEN = 60; // units between pages

/**
 * @param {string} organizationId
 * @param {string} fileId
 * @param {URLSearchParams} query
 * @returns {Promise<import("../main.js").Page>}
 */
export async function page(organizationId, fileId, query) {
  const project = new Project(organizationId);
  const [file, { organization }] = await Promise.all([json(`${project.api}/files/${fileId}`), json(`v1/organizations/${organizationId}`)]);
  const shown = new DrawingPage(project, file, query);
  shown.open();
  return {
    title: file.name, body: shown.element, wide: true, leave: () => shown.leave(),
    trail: [{ name: organization.name, href: root.pathname }, { name: "Drawings", href: project.href() }, { name: file.name }],
  };
}

export class DrawingPage {
  /**
   * @param {Project} project
   * @param {Entity} file
   * @param {URLSearchParams} query
   */
  constructor(project, file, query) {
    this.project = project;
    this.file = file;
    this.wanted = query.get("hit") ?? "";
    this.sheet = h("div", { class: "sheet" });
    this.window = h("div", { class: "stage", tabindex: "0", role: "region", "aria-label": `Drawing ${file.name}. Drag or use arrow keys to move, plus and minus to zoom, 0 to fit.` }, this.sheet);
    this.status = h("p", { class: "stage-status", role: "status" }, "Loading");
    this.panel = new Panel(this);
    this.element = h("div", { class: "diagram drawing" }, this.window, h("div", { class: "stage-tools" }, h("div", { class: "group zooms" },
      button("minus", "Zoom out (-)", () => this.stage.zoom(0.8)), button("plus", "Zoom in (+)", () => this.stage.zoom(1.25)), button("fit", "Fit (0)", () => this.fit()))),
    h("div", { class: "teller" }, this.panel.element), this.status);
    this.stage = new Stage(this.window, this.sheet, { moved: () => undefined, clicked: (event) => this.clicked(event) });
    /** @type {Sheet[]} */
    this.sheets = [];
    /** @type {Hit[]} */
    this.hits = [];
    /** @type {Hit | null} */
    this.current = null;
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.panel.key(event);
  }

  async open() {
    addEventListener("keydown", this.onKey);
    try {
      const [pages, hits] = await Promise.all([this.project.pages(this.file, (status) => {
        this.status.textContent = status === "Queued" ? "Waiting for its turn" : "Reading its pages";
      }), this.project.hits(this.file)]);
      this.lay(pages);
      this.hits = hits;
      this.show();
      this.status.hidden = true;
      this.fit();
      const first = hits.find((one) => String(one.id) === this.wanted);
      if (first) this.select(first);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.status.textContent = error.message;
    }
  }

  /** @param {{page: number, svg: string}[]} pages */
  lay(pages) {
    let x = 0;
    for (const { page: number, svg } of pages) {
      const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
      const [width, height] = [Number(parsed.getAttribute("width")), Number(parsed.getAttribute("height"))];
      const image = h("img", { src: URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })), alt: `Page ${number}`, draggable: "false", width, height });
      const figure = h("figure", { class: "sheet-page" }, image, pages.length > 1 && h("figcaption", null, `Page ${number}`));
      Object.assign(figure.style, { left: `${x}px`, width: `${width}px`, height: `${height}px` });
      this.sheet.append(figure);
      this.sheets.push({ number, x, width, height, words: [...parsed.querySelectorAll("g.words > text")].map(word) });
      x += width + BETWEEN;
    }
    this.stage.whole = { x: 0, y: 0, width: Math.max(1, x - BETWEEN), height: Math.max(1, ...this.sheets.map((one) => one.height)) };
  }

  show() {
    for (const old of this.sheet.querySelectorAll(".hit")) old.remove();
    for (const one of this.hits) {
      const box = this.box(one);
      if (!box) continue;
      const mark = h("button", { class: "hit", "data-id": one.id, "data-status": one.status, tabindex: "-1", title: one.text, "aria-label": `${one.text}, ${one.status}` });
      Object.assign(mark.style, { left: `${box.x - 2}px`, top: `${box.y - 2}px`, width: `${box.width + 4}px`, height: `${box.height + 4}px` });
      this.sheet.append(mark);
    }
    this.light();
    this.panel.show();
  }

  light() {
    for (const one of this.sheet.querySelectorAll(".hit")) one.toggleAttribute("data-current", Number(one.getAttribute("data-id")) === this.current?.id);
  }

  /**
   * Where a hit is, in the units of all pages.
   * @param {Hit} one
   */
  box(one) {
    const sheet = this.sheets.find((each) => each.number === one.page);
    return sheet && { x: sheet.x + one.left * sheet.width, y: one.top * sheet.height, width: one.width * sheet.width, height: one.height * sheet.height };
  }

  /** @param {Hit | null} one */
  select(one) {
    this.current = one;
    this.light();
    this.panel.show();
    const box = one && this.box(one);
    if (box) this.stage.reveal(box);
    note(new URLSearchParams(one ? { hit: String(one.id) } : {}));
  }

  /** @param {PointerEvent} event */
  clicked(event) {
    const id = Number(document.elementFromPoint(event.clientX, event.clientY)?.closest(".hit")?.getAttribute("data-id"));
    this.select(this.hits.find((one) => one.id === id) ?? null);
  }

  /** @param {"approved" | "rejected" | "suggested"} status */
  async review(status) {
    const one = this.current;
    if (!one) return;
    try {
      await this.project.review(one, status);
      await link(this.project, this.file, one, this.hits);
    } catch (error) {
      return toast(error instanceof Refused ? error.message : "That did not work");
    }
    const next = this.hits.slice(this.hits.indexOf(one) + 1).find((each) => each.status === "suggested") ?? this.hits.find((each) => each.status === "suggested");
    this.show();
    this.select(next ?? one);
  }

  fit() {
    const narrow = this.window.clientWidth < 720;
    const told = this.panel.element.parentElement;
    this.stage.covered = { top: 0, right: narrow ? 0 : 64, bottom: narrow ? (told?.offsetHeight ?? 0) : 0, left: narrow ? 0 : (told?.offsetWidth ?? 0) + 16 };
    this.stage.fit();
  }

  leave() {
    removeEventListener("keydown", this.onKey);
    this.sheet.querySelectorAll("img").forEach((/** @type {HTMLImageElement} */ one) => URL.revokeObjectURL(one.src));
  }
}

/**
 * @param {string} sign
 * @param {string} words
 * @param {() => void} act
 */
const button = (sign, words, act) => h("button", { class: "plain", title: words, "aria-label": words, onclick: act }, icon(sign));

/** @param {Element} text of the layer that says what is written where */
function word(text) {
  const number = (/** @type {string} */ name) => Number(text.getAttribute(name));
  const height = number("font-size") * 0.72;
  return { text: text.textContent ?? "", x: number("x"), y: number("y") - height, width: number("textLength"), height };
}
