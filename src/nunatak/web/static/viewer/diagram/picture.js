// The server's picture in the page: its letters, and its things by id.
// @ts-check
import { around } from "./stage.js";

/** @typedef {import("./stage.js").Box} Box */

const CARDS = "g[data-role=box],g[data-role=actor],g[data-role=store],g[data-role=area]";
const PROBES = [[0, 0], [5, 0], [-5, 0], [0, 5], [0, -5], [4, 4], [-4, 4], [4, -4], [-4, -4]];
const sheetOfLetters = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheetOfLetters];

export class Picture {
  /** @param {string} text an SVG document of this server */
  constructor(text) {
    // A style element would need leave of the page's policy; the same rules as a sheet of ours don't.
    /** @type {string[]} */
    const rules = [];
    const bare = text.replace(/<style>([^<]*)<\/style>/g, (_whole, rule) => (rules.push(rule), ""));
    this.rules = rules.join("\n");
    const parsed = new DOMParser().parseFromString(bare, "image/svg+xml");
    if (parsed.documentElement.nodeName !== "svg") throw new Error("The picture can't be read");
    this.svg = /** @type {SVGSVGElement} */ (document.importNode(/** @type {any} */ (parsed.documentElement), true));
    this.svg.querySelector(":scope > title")?.remove(); // it would pop up wherever the pointer rests
    const box = this.svg.viewBox.baseVal;
    /** @type {Box} */
    this.box = { x: box.x, y: box.y, width: box.width, height: box.height };
    /** @type {Map<string, Element[]>} */
    this.parts = new Map();
    for (const group of this.svg.querySelectorAll("g[data-id]")) {
      const id = /** @type {string} */ (group.getAttribute("data-id")).replace(/:(label|title|was)$/, "");
      const known = this.parts.get(id);
      if (known) known.push(group);
      else this.parts.set(id, [group]);
    }
    for (const card of this.svg.querySelectorAll(CARDS)) {
      card.setAttribute("tabindex", "0");
      card.setAttribute("role", "button");
    }
  }

  /** The part that is shown: without a story below it, for that stands beside. It must be in the page. */
  whole() {
    const story = /** @type {SVGGElement | null} */ (this.svg.querySelector(':scope > g[data-role="steps"]'));
    if (!story) return this.box;
    const shown = /** @type {SVGGElement[]} */ ([...this.svg.querySelectorAll(":scope > g")]).filter((one) => one !== story);
    return shown.length ? around(shown.map((one) => one.getBBox())) : this.box;
  }

  /** Makes its letters the page's; waits until they can be drawn. */
  async lettered() {
    sheetOfLetters.replaceSync(this.rules);
    await Promise.race([document.fonts.ready, new Promise((done) => setTimeout(done, 300))]);
  }

  /**
   * The group of a thing.
   * @param {string} id
   */
  group(id) {
    return this.parts.get(id)?.find((one) => !/^(label|title)$/.test(one.getAttribute("data-role") ?? "")) ?? this.parts.get(id)?.[0] ?? null;
  }

  /**
   * Where a thing is, in the picture's units.
   * @param {string} id
   * @returns {Box | null}
   */
  place(id) {
    const group = /** @type {SVGGElement | null} */ (this.group(id));
    if (!group) return null;
    const { x, y, width, height } = group.getBBox();
    return { x, y, width, height };
  }

  /**
   * The thing at a point of the screen, also a little beside a thin line.
   * @param {number} x
   * @param {number} y
   * @returns {{id: string, role: string, modelId: string | null} | null}
   */
  hit(x, y) {
    let area = null;
    for (const [dx, dy] of PROBES) {
      const group = document.elementFromPoint(x + dx, y + dy)?.closest("g[data-id]");
      if (!group || !this.svg.contains(group)) continue;
      const role = group.getAttribute("data-role") ?? "";
      const id = /** @type {string} */ (group.getAttribute("data-id")).replace(/:(label|title|was)$/, "");
      const found = { id, role: role === "label" ? "line" : role === "title" ? "area" : role, modelId: this.group(id)?.getAttribute("data-model-id") ?? null };
      if (found.role !== "area") return found;
      area ??= dx === 0 && dy === 0 ? found : null;
    }
    return area;
  }

  /**
   * Marks these things; with `dim`, all others step back.
   * @param {string} name of the mark
   * @param {Iterable<string>} ids
   * @param {boolean} [dim]
   */
  mark(name, ids, dim = false) {
    for (const one of this.svg.querySelectorAll(`.${name}`)) one.classList.remove(name);
    for (const id of ids) for (const part of this.parts.get(id) ?? []) part.classList.add(name);
    this.svg.classList.toggle(`has-${name}`, dim);
  }

  /** Every thing's id, cards first and in reading order. */
  get ids() {
    return [...this.svg.querySelectorAll(CARDS)].map((one) => one.getAttribute("data-id") ?? "");
  }
}
