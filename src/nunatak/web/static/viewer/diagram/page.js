// A diagram: its picture on a stage, what is known of its things, its colours, its flows.
// @ts-check
import { fill, h, toast } from "../dom.js";
import { icon } from "../icons.js";
import { connectionDetails, objectDetails } from "../details.js";
import { go, note } from "../router.js";
import { shown as themeShown } from "../theme.js";
import { byIndex } from "../words.js";
import { finder } from "./find.js";
import { marks, overlay } from "./overlay.js";
import { Picture } from "./picture.js";
import { Stage } from "./stage.js";
import { Telling } from "./telling.js";
import { toolbar, trail } from "./toolbar.js";
import { options, read, write } from "./view.js";

/** @typedef {import("../place.js").Place} Place */
/** @typedef {Record<string, any>} Entity */

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
    this.locked = query.has("lock");
    this.sheet = h("div", { class: "sheet" });
    this.window = h("div", { class: "stage", tabindex: "0", role: "region", "aria-label": `Diagram ${diagram.name}. Drag or use arrow keys to move, plus and minus to zoom, 0 to fit.` }, this.sheet);
    this.side = h("aside", { class: "side drawer", "aria-label": "Details", hidden: true });
    this.told = h("div", { class: "teller" });
    this.found = h("div", { class: "found" });
    this.bottom = h("div", { class: "bottom" });
    this.tools = h("div", { class: "stage-tools" });
    this.element = h("div", { class: "diagram" }, this.window, this.tools, this.found, this.told, this.bottom, this.side);
    this.stage = new Stage(this.window, this.sheet, { moved: () => this.moved(), clicked: (event) => this.clicked(event) });
    /** @type {Picture | null} */
    this.picture = null;
    this.telling = new Telling(this);
    this.content = /** @type {Entity} */ ({ objects: {}, connections: {} });
    this.round = 0;
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
    this.window.addEventListener("dblclick", (/** @type {MouseEvent} */ event) => this.drill(this.picture?.hit(event.clientX, event.clientY)));
    this.window.addEventListener("focusin", (/** @type {FocusEvent} */ event) => this.focused(/** @type {Element} */ (event.target)));
    const [answer, flows] = await Promise.all([this.place.get(`diagrams/${this.diagram.id}/content`), this.place.list("flows")]);
    this.content = answer.diagramContent;
    this.flows = flows.filter((one) => one.diagramId === this.diagram.id).sort(byIndex);
    await this.draw();
    fill(this.tools, ...toolbar(this));
    this.ready = this.know();
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
    if (this.view.select) this.select(this.view.select, false);
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
    const flow = this.flow;
    const text = await this.place.text(`diagrams/${this.diagram.id}/image.svg`, options(this.view, { flowId: flow?.id, theme: themeShown() }));
    if (mine !== this.round) return;
    const picture = new Picture(text);
    await picture.lettered();
    if (mine !== this.round) return;
    this.picture = picture;
    this.stage.origin = { x: picture.box.x, y: picture.box.y };
    this.stage.whole = picture.box;
    fill(this.sheet, /** @type {any} */ (picture.svg));
    if (this.placed) this.stage.whole = picture.whole();
    this.deepen();
    if (this.view.select) picture.mark("chosen", [this.view.select]);
    if (flow && !this.telling.player) this.telling.play(flow);
    else this.telling.player?.light();
  }

  /** Once it is in the page, the stage has a size. */
  settle() {
    if (this.picture) this.stage.whole = this.picture.whole();
    this.cover();
    if (this.view.at) this.stage.restore(this.view.at);
    else this.stage.fit();
    this.placed = true;
    this.telling.player?.light();
  }

  cover() {
    const narrow = this.window.clientWidth < 720;
    const beside = !narrow && !this.side.hidden ? this.side.offsetWidth : 0;
    const left = !narrow && this.telling.player ? this.told.offsetWidth + 16 : 0;
    const over = narrow && !this.side.hidden ? this.side.offsetHeight : narrow && this.telling.player ? this.told.offsetHeight : 56;
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

  changed() {
    this.note();
    this.draw();
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

  /** @param {Element} target a card that was reached by keys comes into sight */
  focused(target) {
    const box = target.matches("g[data-id]:focus-visible") && this.picture?.place(target.getAttribute("data-id") ?? "");
    if (box) this.stage.reveal(box);
  }

  /** @param {PointerEvent} event */
  clicked(event) {
    const hit = this.picture?.hit(event.clientX, event.clientY);
    if (!hit || !["box", "actor", "store", "area", "line"].includes(hit.role)) return this.unselect();
    this.select(hit.id);
  }

  /**
   * @param {string} id of a diagram's object or connection
   * @param {boolean} [reveal]
   */
  async select(id, reveal = true) {
    this.view.select = id;
    this.picture?.mark("chosen", [id]);
    this.note();
    await this.ready;
    const object = this.objects?.get(this.content.objects[id]?.modelId);
    const connection = this.connections?.get(this.content.connections[id]?.modelId);
    if (this.view.select !== id) return;
    if (!object && !connection) return this.unselect();
    const details = object ? await objectDetails(this.place, object) : await connectionDetails(this.place, /** @type {Entity} */ (connection));
    if (this.view.select !== id) return;
    if (this.locked) details.querySelectorAll("a:not([target])").forEach((/** @type {Element} */ one) => one.removeAttribute("href"));
    const deeper = object && !this.locked ? this.below(object) : null;
    fill(this.side, h("button", { class: "plain close", "aria-label": "Close details", onclick: () => this.unselect() }, icon("close")), details);
    if (deeper) details.querySelector("h2")?.after(h("p", null, h("a", { class: "button main", href: this.place.href(`d/${deeper.handleId}`) }, icon("focus", 16), "Look inside")));
    this.side.hidden = false;
    this.side.scrollTop = 0;
    this.cover();
    const box = reveal && this.placed && this.picture?.place(id);
    if (box) this.stage.reveal(box);
  }

  unselect() {
    if (!this.view.select) return;
    this.view.select = "";
    this.side.hidden = true;
    this.picture?.mark("chosen", []);
    this.cover();
    this.note();
  }

  /**
   * The diagram that a card leads down to.
   * @param {Entity} object
   */
  below(object) {
    const own = (object.childDiagramIds ?? []).map((/** @type {string} */ id) => this.diagrams?.get(id)).filter(Boolean).sort(byIndex);
    const wanted = this.diagram.zoomOverrides?.[object.id];
    const found = own.find((/** @type {Entity} */ one) => one.id === wanted || one.handleId === wanted) ?? own[0];
    return found?.id === this.diagram.id ? undefined : found;
  }

  /** @param {{id: string, modelId: string | null} | null | undefined} hit */
  async drill(hit) {
    if (!hit?.modelId || this.locked) return;
    await this.ready;
    const object = this.objects?.get(hit.modelId);
    const diagram = object && this.below(object);
    if (diagram) go(this.place.href(`d/${diagram.handleId}`));
  }

  find() {
    if (this.found.childElementCount) return fill(this.found);
    const things = () => [
      ...Object.values(this.content.objects).map((one) => ({ id: one.id, type: one.type, name: this.objects?.get(one.modelId)?.name ?? "" })),
      ...Object.values(this.content.connections).map((one) => ({ id: one.id, type: "connection", name: this.connections?.get(one.modelId)?.name ?? "" })),
    ].filter((one) => one.name);
    const made = finder(things, {
      chosen: (id) => this.select(id), found: (ids) => this.picture?.mark("lit", ids, ids.length > 0),
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
    if (event.key === "Escape") this.view.select ? this.unselect() : fill(this.found);
    else if (this.telling.player?.key(event)) event.stopPropagation();
    else if (event.key === "f" || ((event.ctrlKey || event.metaKey) && event.key === "f" && target === this.window)) this.find();
    else if ((event.key === "Enter" || event.key === " ") && target.closest("g[data-id]")) this.enter(target, event.key === "Enter" && target.classList.contains("chosen"));
    else return;
    event.preventDefault();
  }

  /**
   * @param {Element} card
   * @param {boolean} again
   */
  enter(card, again) {
    const id = /** @type {string} */ (card.getAttribute("data-id"));
    if (again) this.drill({ id, modelId: card.getAttribute("data-model-id") });
    else this.select(id);
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
