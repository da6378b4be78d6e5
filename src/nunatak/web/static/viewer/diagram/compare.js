// Two states of a diagram side by side in time: what changed as a list, each change led to on the picture.
// @ts-check
import { Refused } from "../api.js";
import { fill, h, say, toast } from "../dom.js";
import { icon } from "../icons.js";
import { byIndex, capital, counted, day } from "../words.js";

/** @typedef {Record<string, any>} Entity */
/** @typedef {{name: string, sort: string, what: string, ids: string[], fields: Entity[]}} Row */

const SIGNS = /** @type {Record<string, string>} */ ({ added: "+", removed: "−", moved: "→", changed: "~" });
const COLORS = /** @type {Record<string, string>} */ ({ added: "green", removed: "red", moved: "blue", changed: "yellow" });
const ORDER = ["added", "removed", "changed", "moved"];
const SIDES = [["before", "Before"], ["", "Both"], ["after", "After"]];
const KINDS = /** @type {Record<string, string>} */ ({ diagram: "Diagram", "diagram-comment": "Comment", "diagram-connection": "Connection", "model-connection": "Connection" });
const PLACES = new Set(["x", "y", "width", "height", "lineShape", "originConnector", "targetConnector", "labelPosition", "points"]);

export class Comparison {
  /** @param {import("./page.js").DiagramPage} page */
  constructor(page) {
    this.page = page;
    this.list = h("ol", { class: "story changes" });
    this.sides = h("div", { class: "choice", role: "group", "aria-label": "State that is shown" });
    this.pick = h("select", { "aria-label": "Compared with", onchange: () => this.from(this.pick.value) });
    this.summary = h("p", { class: "note" });
    this.element = h("section", { class: "player", "aria-label": "Changes" },
      h("header", null, h("p", { class: "kind-line" }, icon("compare", 16), "Changes since"), h("div", { class: "row" }, this.pick), this.summary, this.sides,
        h("button", { class: "plain close", "aria-label": "Close the comparison", onclick: () => this.close() }, icon("close"))),
      this.list);
  }

  /** Shows what differs; the picture is the page's to draw. */
  async open() {
    const { page } = this;
    fill(page.told, this.element);
    fill(this.pick, ...(await earlier(page.place)).map((one) => h("option", { value: one.id, selected: one.id === page.view.compare }, named(one))));
    const { diagramDiff } = await page.place.get(`diagrams/${page.diagram.id}/export/diff`, { from: page.view.compare });
    const rows = told(diagramDiff.changes, page.content);
    const counts = ORDER.map((sort) => [rows.filter((one) => one.sort === sort).length, sort]).filter(([count]) => count);
    this.summary.textContent = counts.length ? counts.map(([count, sort]) => `${count} ${sort}`).join(", ") : "Nothing on the diagram has changed.";
    fill(this.list, ...rows.map((one) => this.row(one)));
    this.show();
    say(`${counted(rows.length, "change")}: ${this.summary.textContent}`);
    if (page.placed) page.fit();
  }

  /** @param {Row} one */
  row(one) {
    return h("li", { "data-color": COLORS[one.sort] }, h("button", { class: "step", onclick: (/** @type {any} */ event) => this.jump(one, event.currentTarget.parentNode) },
      h("span", { class: "pill", "aria-hidden": "true" }, SIGNS[one.sort]),
      h("span", null, one.name || "Without a name", " ", h("small", null, `${one.what} ${one.sort}`), one.fields.length > 0 && h("ul", { class: "fields" }, ...one.fields.map(field)))));
  }

  /**
   * Leads to a change: it is lit, and brought into sight where it is.
   * @param {Row} one
   * @param {Element} item
   */
  jump(one, item) {
    const { picture, stage } = this.page;
    for (const other of this.list.children) other.toggleAttribute("data-current", other === item);
    const there = one.ids.filter((id) => picture?.group(id));
    picture?.mark("lit", there, there.length > 0);
    const box = there.length > 0 && picture?.place(there[0]);
    if (box) stage.reveal(box);
    else if (one.ids.length) toast(`${one.name} is not on this side`);
  }

  /** @param {string} side */
  turn(side) {
    this.page.view.side = side;
    this.show();
    this.page.changed();
  }

  show() {
    fill(this.sides, ...SIDES.map(([side, name]) => h("button", { "aria-pressed": String(this.page.view.side === side), onclick: () => this.turn(side) }, name)));
  }

  /** @param {string} version */
  async from(version) {
    this.page.view.compare = version;
    this.page.changed();
    await this.open();
  }

  close() {
    Object.assign(this.page.view, { compare: "", side: "" });
    fill(this.page.told);
    this.page.comparison = null;
    this.page.picture?.mark("lit", []);
    this.page.changed();
    this.page.cover();
  }
}

/**
 * The states that this one can be compared with, latest first.
 * @param {import("../place.js").Place} place
 */
export async function earlier(place) {
  const versions = (await place.versions()).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const here = versions.find((one) => one.id === place.versionId || one.tags?.includes(place.versionId));
  return versions.filter((one) => one !== here || place.draftId);
}

/** @param {Entity} version */
const named = (version) => (version.tags?.includes("latest") ? version.name : `${version.name}, ${day(version.createdAt)}`);

/**
 * The button that begins a comparison with the state before: for a draft that is what it will be merged into.
 * @param {import("./page.js").DiagramPage} page
 */
export async function begin(page) {
  try {
    const found = await earlier(page.place);
    const first = page.place.draftId ? found.find((one) => one.tags?.includes("latest")) : found.find((one) => !one.tags?.includes("latest"));
    if (!first && !found.length) return toast("There is no other version yet to compare with");
    page.compare((first ?? found[0]).id);
  } catch (error) {
    toast(error instanceof Refused ? error.message : "That did not work");
  }
}

/**
 * The changes by what they are of: where it is and what it says are one.
 * @param {Entity[]} changes
 * @param {Entity} content
 * @returns {Row[]}
 */
function told(changes, content) {
  /** @type {Map<string, Row>} */
  const rows = new Map();
  for (const one of changes) {
    const key = one.handleId ?? one.id;
    /** @type {Row} */
    const row = rows.get(key) ?? { name: one.name, sort: one.change, what: KINDS[one.kind] ?? "Object", ids: [], fields: [] };
    rows.set(key, row);
    if (ORDER.indexOf(one.change) < ORDER.indexOf(row.sort)) row.sort = one.change;
    row.name ||= one.kind === "diagram" ? "This diagram" : one.name;
    row.fields.push(...one.fields.filter((/** @type {Entity} */ each) => !PLACES.has(each.field)));
    if (one.kind.startsWith("diagram-")) row.ids.push(one.id);
    else row.ids.push(...placed(one.id, content));
  }
  return [...rows.values()].map((row, index) => ({ ...row, ids: [...new Set(row.ids)], index })).sort((a, b) => ORDER.indexOf(a.sort) - ORDER.indexOf(b.sort) || byIndex(a, b));
}

/**
 * Where a model's object or connection is on the diagram.
 * @param {string} id
 * @param {Entity} content
 */
function placed(id, content) {
  return [...Object.values(content.objects), ...Object.values(content.connections)].filter((one) => one.modelId === id).map((one) => one.id);
}

/** @param {Entity} change */
function field(change) {
  const words = capital(change.field.replace(/Ids?$/, "").replace(/[A-Z]/g, (/** @type {string} */ sign) => ` ${sign.toLowerCase()}`));
  const plain = [change.before, change.after].every((one) => one === undefined || one === null || typeof one !== "object") && ![change.before, change.after].some((one) => /^[\w-]{20,}$/.test(String(one)));
  return h("li", null, h("span", null, words), plain && h("del", null, short(change.before)), plain && h("ins", null, short(change.after)));
}

/** @param {any} value */
const short = (value) => {
  const text = value === undefined || value === null || value === "" ? "–" : String(value);
  return text.length > 90 ? `${text.slice(0, 89)}…` : text;
};
