// A diagram: its picture on a stage, what is known of its things, its colours, its flows.
// @ts-check
import { fill, h, toast } from "../dom.js";
import { Refused } from "../api.js";
import { note } from "../router.js";
import { shown as themeShown } from "../theme.js";
import { byIndex, counted } from "../words.js";
import { Comparison } from "./compare.js";
import { finder } from "./find.js";
import { marks, overlay } from "./overlay.js";
import { Picture } from "./picture.js";
import { Selection } from "./selection.js";
import { Stage } from "./stage.js";
import { Telling } from "./telling.js";
import { toolbar, trail } from "./toolbar.js";
import { options, read, write } from "./view.js";

/** @typedef {import("../place.js").Place} Place */
/** @typedef {Record<string, any>} Entity */

const SOON = 250; // milliseconds in which most pictures are there; for others the page is shown, and says that it waits

/** @param {import("../main.js").Context} context */
export async function page({ place, args, query }) {
  const { diagram } = await place.get(`diagrams/${args[0]}`);
  const shown = new DiagramPage(place, diagram, query);
  await shown.open();
  return {
    title: diagram.name, body: shown.element, section: "diagrams", wide: true, trail: await trail(place, diagram),
    update: (/** @type {URLSearchParams} */ wanted) => shown.update(wanted), leave: () => shown.leave(),
  };
}

export class DiagramPage {
  /**
   * @param {Place} place
   * @param {Entity} diagram
   * @param {URLSearchParams} query
   */
  constructor(place, diagram, query) {
    this.place = place;
    this.diagram = diagram;
    this.kept = query;
    this.view = read(query);
    this.given = this.view.at !== null;
    this.locked = query.has("lock") || place.locked;
    this.sheet = h("div", { class: "sheet" });
    this.window = h("div", { class: "stage", tabindex: "0", role: "region", "aria-label": `Diagram ${diagram.name}. Drag or use arrow keys to move, plus and minus to zoom, 0 to fit.` }, this.sheet);
    this.side = h("aside", { class: "side drawer", "aria-label": "Details", hidden: true });
    this.told = h("div", { class: "teller" });
    this.found = h("div", { class: "found" });
    this.bottom = h("div", { class: "bottom" });
    this.tools = h("div", { class: "stage-tools" });
    this.status = h("p", { class: "stage-status", role: "status", hidden: true });
    this.element = h("div", { class: "diagram" }, this.window, this.status, this.tools, this.found, this.told, this.bottom, this.side);
    this.stage = new Stage(this.window, this.sheet, { moved: () => this.moved(), clicked: (event) => this.selection.clicked(event) });
    this.selection = new Selection(this);
    /** @type {Picture | null} */
    this.picture = null;
    this.telling = new Telling(this);
    /** @type {Comparison | null} */
    this.comparison = null;
    this.content = /** @type {Entity} */ ({ objects: {}, connections: {} });
    this.round = 0;
    this.inPage = false;
    this.placed = false;
    this.ready = Promise.resolve();
    this.onTheme = () => this.draw();
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.key(event);
    this.onShown = () => this.settle();
  }

  async open() {
    addEventListener("themechange", this.onTheme);
    addEventListener("keydown", this.onKey);
    addEventListener("pageshown", this.onShown, { once: true });
    const [answer, flows] = await Promise.all([this.place.get(`diagrams/${this.diagram.id}/content`), this.place.list("flows")]);
    this.content = answer.diagramContent;
    this.flows = flows.filter((one) => one.diagramId === this.diagram.id).sort(byIndex);
    fill(this.tools, ...toolbar(this));
    const drawn = this.draw();
    await Promise.race([drawn, new Promise((done) => setTimeout(done, SOON))]);
    drawn.catch((error) => this.failed(error));
    this.ready = this.know();
  }

  /** @param {unknown} error of a picture that the page no longer waits for */
  failed(error) {
    if (!(error instanceof Refused)) throw error;
    this.status.hidden = false;
    this.status.textContent = error.message;
  }

  /** What needs the whole model comes after the picture. */
  async know() {
    const place = this.place;
    const [objects, connections, diagrams, tags, groups, words] = await Promise.all([place.byId("objects"), place.byId("connections"), place.byId("diagrams"),
      place.list("tags"), place.list("tagGroups"), place.words()]);
    this.diagrams = diagrams;
    this.objects = objects;
    this.connections = connections;
    const found = marks(this.content, objects, connections, { tags, groups, ...words });
    fill(this.bottom, overlay(this.view, found, { changed: () => this.changed(), hovered: (ids) => this.picture?.mark("lit", ids ?? [], Boolean(ids)) }));
    this.deepen();
    const { select, tab } = this.view;
    if (select) this.selection.select(select, false).then(() => this.yield());
    else if (tab) this.yield();
  }

  /** Leaves room for what stands over the picture by now, unless the address says which part is seen. */
  yield() {
    if (this.placed && !this.given) this.fit();
  }

  /** Marks the cards that lead further down. */
  deepen() {
    for (const one of Object.values(this.content.objects)) {
      const model = this.objects?.get(one.modelId);
      const group = this.picture?.group(one.id);
      if (!model || !group) continue;
      group.classList.toggle("deep", Boolean(model.childDiagramIds?.length) && model.id !== this.diagram.modelId);
    }
  }

  async draw() {
    const mine = ++this.round;
    const waiting = setTimeout(() => {
      this.status.textContent = `Drawing ${counted(Object.keys(this.content.objects).length, "object")}`;
      this.status.hidden = false;
    }, SOON);
    this.window.setAttribute("aria-busy", "true");
    try {
      await this.show(mine);
    } finally {
      clearTimeout(waiting);
      if (mine === this.round) {
        this.status.hidden = true;
        this.window.removeAttribute("aria-busy");
      }
    }
  }

  /** @param {number} mine the drawing's number: a later one takes its place */
  async show(mine) {
    const flow = this.flow;
    const text = await this.drawn();
    if (mine !== this.round) return;
    const picture = new Picture(text);
    await picture.lettered();
    if (mine !== this.round) return;
    this.picture = picture;
    this.stage.origin = { x: picture.box.x, y: picture.box.y };
    this.stage.whole = picture.box;
    fill(this.sheet, /** @type {any} */ (picture.svg));
    if (this.placed) this.stage.whole = picture.whole();
    else if (this.inPage) this.settle();
    this.deepen();
    if (this.view.select) picture.mark("chosen", [this.view.select]);
    if (this.view.compare && !this.comparison) this.compare(this.view.compare);
    else if (flow && !this.telling.player) this.telling.play(flow);
    else this.telling.player?.light();
  }

  /** The picture's text: of this state, of the one it is compared with, or of both. */
  async drawn() {
    const { view } = this;
    const before = view.compare && view.side === "before" ? this.place.version(view.compare) : this.place;
    const given = options(view, { flowId: this.flow?.id, theme: themeShown() });
    try {
      return await before.text(`diagrams/${this.diagram.id}/image.svg`, given);
    } catch (error) {
      if (before === this.place || !(error instanceof Refused) || error.status !== 404) throw error;
      toast("The diagram was not there before");
      return this.place.text(`diagrams/${this.diagram.id}/image.svg`, options({ ...view, side: "" }, { theme: themeShown() }));
    }
  }

  /** @param {string} version the earlier state */
  async compare(version) {
    const begun = this.view.compare !== version;
    if (this.telling.player) this.telling.stop();
    this.view.compare = version;
    this.comparison ??= new Comparison(this);
    await Promise.all([this.comparison.open(), begun && this.changed()]);
  }

  /** Once it is in the page, the stage has a size; once there is a picture, so has what it shows. */
  settle() {
    this.inPage = true;
    if (!this.picture) return;
    this.stage.whole = this.picture.whole();
    this.cover();
    if (this.view.at) this.stage.restore(this.view.at);
    else this.stage.fit();
    this.placed = true;
    this.telling.player?.light();
  }

  cover() {
    const narrow = this.window.clientWidth < 720;
    const beside = !narrow && !this.side.hidden ? this.side.offsetWidth : 0;
    const told = this.told.childElementCount > 0;
    const left = !narrow && told ? this.told.offsetWidth + 16 : 0;
    const over = narrow && !this.side.hidden ? this.side.offsetHeight : narrow && told ? this.told.offsetHeight : Math.max(56, this.bottom.offsetHeight + 20);
    this.stage.covered = { top: narrow ? 56 : 0, right: beside, bottom: over, left };
  }

  get flow() {
    return this.view.flow ? this.flows?.find((one) => one.handleId === this.view.flow || one.id === this.view.flow) : undefined;
  }

  fit() {
    this.cover();
    this.stage.fit();
  }

  moved() {
    if (!this.placed) return;
    this.view.at = this.stage.view;
    this.note();
  }

  note() {
    note(write(this.view, this.kept));
  }

  async changed() {
    this.note();
    await this.draw();
  }

  async copy() {
    this.view.at = this.stage.view;
    this.note();
    try {
      await navigator.clipboard.writeText(location.href);
      toast("Link copied");
    } catch {
      toast("The address bar holds the link");
    }
  }

  find() {
    if (this.found.childElementCount) return fill(this.found);
    const things = () => [
      ...Object.values(this.content.objects).map((one) => ({ id: one.id, type: one.type, name: this.objects?.get(one.modelId)?.name ?? "" })),
      ...Object.values(this.content.connections).map((one) => ({ id: one.id, type: "connection", name: this.connections?.get(one.modelId)?.name ?? "" })),
    ].filter((one) => one.name);
    const made = finder(things, {
      chosen: (id) => this.selection.select(id), found: (ids) => this.picture?.mark("lit", ids, ids.length > 0),
      closed: () => {
        fill(this.found);
        this.window.focus();
      },
    });
    fill(this.found, made.element);
    made.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest?.("input, select, textarea, dialog")) return;
    if (event.key === "Escape") this.view.select ? this.selection.none() : fill(this.found);
    else if (this.telling.player?.key(event)) event.stopPropagation();
    else if (event.key === "f" || ((event.ctrlKey || event.metaKey) && event.key === "f" && target === this.window)) this.find();
    else if ((event.key === "Enter" || event.key === " ") && target.closest("g[data-id]")) this.selection.enter(target, event.key === "Enter" && target.classList.contains("chosen"));
    else return;
    event.preventDefault();
  }

  /** @param {URLSearchParams} query */
  async update(query) {
    const before = JSON.stringify({ ...this.view, at: null });
    this.kept = query;
    this.view = Object.assign(this.view, read(query));
    if (JSON.stringify({ ...this.view, at: null }) !== before) return false;
    if (this.view.at) this.stage.restore(this.view.at);
    return true;
  }

  leave() {
    removeEventListener("themechange", this.onTheme);
    removeEventListener("keydown", this.onKey);
    removeEventListener("pageshown", this.onShown);
    this.telling.player?.stop();
    this.round += 1;
  }
}
