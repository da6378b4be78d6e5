// A diagram: its picture on a stage, what is known of its things, its colours, its flows.
// @ts-check
import { fill, h, toast } from "../dom.js";
import { icon } from "../icons.js";
import { connectionDetails, objectDetails } from "../details.js";
import { go, note } from "../router.js";
import { shown as themeShown } from "../theme.js";
import { byIndex, typeName } from "../words.js";
import { formats } from "./download.js";
import { finder } from "./find.js";
import { marks, overlay } from "./overlay.js";
import { Picture } from "./picture.js";
import { Player } from "./player.js";
import { shareButton } from "./sharing.js";
import { Stage } from "./stage.js";
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

/**
 * The objects that a diagram lies within, and itself.
 * @param {Place} place
 * @param {Entity} diagram
 */
async function trail(place, diagram) {
  if (diagram.type === "context-diagram") return [{ name: diagram.name }];
  const [objects, diagrams] = await Promise.all([place.byId("objects"), place.list("diagrams")]);
  const owner = objects.get(diagram.modelId);
  const above = [...(owner?.parentIds ?? [])].reverse().map((id) => diagrams.filter((one) => one.modelId === id).sort(byIndex)[0]).filter(Boolean);
  return [...above, diagram].map((one) => ({ name: one.name, href: place.href(`d/${one.handleId}`) }));
}

class DiagramPage {
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
    /** @type {Player | null} */
    this.player = null;
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
    const [answer, flows] = await Promise.all([this.place.get(`diagrams/${this.diagram.id}/content`), this.place.list("flows")]);
    this.content = answer.diagramContent;
    this.flows = flows.filter((one) => one.diagramId === this.diagram.id).sort(byIndex);
    await this.draw();
    fill(this.tools, ...this.buttons());
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
    this.name();
    if (this.view.select) this.select(this.view.select, false);
  }

  /** Says the names of cards to readers that can't see, and which lead further down. */
  name() {
    for (const one of Object.values(this.content.objects)) {
      const model = this.objects?.get(one.modelId);
      const group = this.picture?.group(one.id);
      if (!model || !group) continue;
      group.setAttribute("aria-label", `${model.name}, ${typeName(model.type)}`);
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
    this.name();
    if (this.view.select) picture.mark("chosen", [this.view.select]);
    if (flow && !this.player) this.play(flow);
    else this.player?.light();
  }

  /** Once it is in the page, the stage has a size. */
  settle() {
    this.cover();
    if (this.view.at) this.stage.restore(this.view.at);
    else this.stage.fit();
    this.placed = true;
    this.player?.light();
  }

  cover() {
    const narrow = this.window.clientWidth < 720;
    const beside = !narrow && !this.side.hidden ? this.side.offsetWidth : 0;
    const left = !narrow && this.player ? this.told.offsetWidth + 16 : 0;
    this.stage.covered = { top: 0, right: beside, bottom: narrow && this.player ? this.told.offsetHeight : 56, left };
  }

  get flow() {
    return this.view.flow ? this.flows?.find((one) => one.handleId === this.view.flow || one.id === this.view.flow) : undefined;
  }

  buttons() {
    const button = (/** @type {string} */ sign, /** @type {string} */ words, /** @type {() => void} */ act) => h("button", { class: "plain", title: words, "aria-label": words, onclick: act }, icon(sign));
    const flows = this.flows?.length ? h("details", { class: "pop" }, h("summary", { class: "button", title: "Flows" }, icon("flows"), h("span", null, "Flows")),
      h("div", { class: "panel" }, ...this.flows.map((flow) => h("button", { onclick: (/** @type {any} */ event) => {
        event.currentTarget.closest("details").open = false;
        this.startFlow(flow);
      } }, flow.name)))) : null;
    const save = h("details", { class: "pop" }, h("summary", { class: "button", title: "Download", "aria-label": "Download" }, icon("download")),
      h("div", { class: "panel" }, ...formats(this.place, this.diagram, () => options(this.view, { flowId: this.flow?.id, theme: themeShown() }))));
    return [h("div", { class: "group" }, flows, button("find", "Find on this diagram (f)", () => this.find()), save,
      button("link", "Copy a link to this view", () => this.copy()), !this.place.guest && shareButton(this.place, this.diagram)),
    h("div", { class: "group zooms" }, button("minus", "Zoom out (-)", () => this.stage.zoom(0.8)), button("plus", "Zoom in (+)", () => this.stage.zoom(1.25)), button("fit", "Fit (0)", () => this.fit()))];
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
    const details = object ? await objectDetails(this.place, object) : await connectionDetails(this.place, connection);
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

  /** @param {Entity} flow */
  startFlow(flow) {
    this.stopFlow();
    Object.assign(this.view, { flow: flow.handleId, step: "", paths: [] });
    this.changed();
  }

  /** @param {Entity} flow */
  async play(flow) {
    const flows = await this.place.byId("flows");
    this.player = new Player(this.place, flow, this.content, flows, this.view, {
      stepped: (step, ids, passed) => this.stepped(step, ids, passed), rerouted: () => this.changed(),
      closed: () => {
        this.stopFlow();
        this.changed();
      },
    });
    fill(this.told, this.player.element);
    this.element.toggleAttribute("data-playing", true);
    if (this.placed) this.fit();
  }

  stopFlow() {
    this.player?.stop();
    this.player = null;
    Object.assign(this.view, { flow: "", step: "", paths: [] });
    fill(this.told);
    this.element.toggleAttribute("data-playing", false);
    this.picture?.mark("current", []);
    this.cover();
  }

  /**
   * @param {import("./story.js").Step | null} step
   * @param {string[]} ids
   * @param {string[]} passed
   */
  stepped(step, ids, passed) {
    this.picture?.mark("current", step ? [...ids, step.id] : [], Boolean(step && ids.length));
    this.picture?.mark("passed", passed);
    const boxes = this.placed ? ids.map((id) => this.picture?.place(id)).filter((box) => box !== null && box !== undefined) : [];
    if (boxes.length && step && step.sort !== "introduction" && step.sort !== "conclusion") this.stage.reveal(around(boxes));
    if (this.placed) this.note();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest?.("input, select, textarea, dialog")) return;
    if (event.key === "Escape") this.view.select ? this.unselect() : fill(this.found);
    else if (this.player?.key(event)) event.stopPropagation();
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
    this.player?.stop();
    this.round += 1;
  }
}

/** @param {import("./stage.js").Box[]} boxes */
function around(boxes) {
  const x = Math.min(...boxes.map((one) => one.x));
  const y = Math.min(...boxes.map((one) => one.y));
  return { x, y, width: Math.max(...boxes.map((one) => one.x + one.width)) - x, height: Math.max(...boxes.map((one) => one.y + one.height)) - y };
}
