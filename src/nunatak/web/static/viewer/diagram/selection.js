// The thing of a diagram that is looked at: its details beside the picture, and the way down from it.
// @ts-check
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { connectionDetails, objectDetails } from "../details.js";
import { go } from "../router.js";
import { byIndex } from "../words.js";

/** @typedef {Record<string, any>} Entity */

const THINGS = ["box", "actor", "store", "area", "line"];

export class Selection {
  /** @param {import("./page.js").DiagramPage} page */
  constructor(page) {
    this.page = page;
    page.window.addEventListener("dblclick", (/** @type {MouseEvent} */ event) => this.drill(page.picture?.hit(event.clientX, event.clientY)));
    page.window.addEventListener("focusin", (/** @type {FocusEvent} */ event) => this.focused(/** @type {Element} */ (event.target)));
  }

  /** @param {Element} target a card that was reached by keys comes into sight */
  focused(target) {
    const box = target.matches("g[data-id]:focus-visible") && this.page.picture?.place(target.getAttribute("data-id") ?? "");
    if (box) this.page.stage.reveal(box);
  }

  /** @param {PointerEvent} event */
  clicked(event) {
    const hit = this.page.picture?.hit(event.clientX, event.clientY);
    if (hit && ["rung", "fork"].includes(hit.role) && this.page.telling.player) return this.page.telling.player.toStep(hit.id);
    if (!hit || !THINGS.includes(hit.role)) return this.none();
    this.select(hit.id);
  }

  /**
   * @param {string} id of a diagram's object or connection
   * @param {boolean} [reveal]
   */
  async select(id, reveal = true) {
    const { page } = this;
    page.view.select = id;
    page.picture?.mark("chosen", [id]);
    page.note();
    await page.ready;
    const object = page.objects?.get(page.content.objects[id]?.modelId);
    const connection = page.connections?.get(page.content.connections[id]?.modelId);
    if (page.view.select !== id) return;
    if (!object && !connection) return this.none();
    const details = object ? await objectDetails(page.place, object) : await connectionDetails(page.place, /** @type {Entity} */ (connection));
    if (page.view.select !== id) return;
    this.show(details, object);
    const box = reveal && page.placed && page.picture?.place(id);
    if (box) page.stage.reveal(box);
  }

  /**
   * @param {HTMLElement} details
   * @param {Entity | undefined} object
   */
  show(details, object) {
    const { side, locked, place } = this.page;
    if (locked) details.querySelectorAll("a:not([target])").forEach((/** @type {Element} */ one) => one.removeAttribute("href"));
    const deeper = object && !locked ? this.below(object) : null;
    if (deeper) details.querySelector("h2")?.after(h("p", null, h("a", { class: "button main", href: place.href(`d/${deeper.handleId}`) }, icon("focus", 16), "Look inside")));
    fill(side, h("button", { class: "plain close", "aria-label": "Close details", onclick: () => this.none() }, icon("close")), details);
    side.hidden = false;
    side.scrollTop = 0;
    this.page.cover();
  }

  none() {
    const { page } = this;
    if (!page.view.select) return;
    page.view.select = "";
    page.side.hidden = true;
    page.picture?.mark("chosen", []);
    page.cover();
    page.note();
  }

  /**
   * The diagram that a card leads down to.
   * @param {Entity} object
   */
  below(object) {
    const { diagrams, diagram } = this.page;
    const own = (object.childDiagramIds ?? []).map((/** @type {string} */ id) => diagrams?.get(id)).filter(Boolean).sort(byIndex);
    const wanted = diagram.zoomOverrides?.[object.id];
    const found = own.find((/** @type {Entity} */ one) => one.id === wanted || one.handleId === wanted) ?? own[0];
    return found?.id === diagram.id ? undefined : found;
  }

  /** @param {{id: string, modelId: string | null} | null | undefined} hit */
  async drill(hit) {
    if (!hit?.modelId || this.page.locked) return;
    await this.page.ready;
    const object = this.page.objects?.get(hit.modelId);
    const diagram = object && this.below(object);
    if (diagram) go(this.page.place.href(`d/${diagram.handleId}`));
  }

  /**
   * A card by its key: its details first, and with Enter again the way down.
   * @param {Element} card
   * @param {boolean} again
   */
  enter(card, again) {
    const id = /** @type {string} */ (card.getAttribute("data-id"));
    if (again) this.drill({ id, modelId: card.getAttribute("data-model-id") });
    else this.select(id);
  }
}
