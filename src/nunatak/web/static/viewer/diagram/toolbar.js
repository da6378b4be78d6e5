// What stands over a diagram: its flows, find, download, links and zoom; and the way down to it.
// @ts-check
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { shown as themeShown } from "../theme.js";
import { byIndex } from "../words.js";
import { begin } from "./compare.js";
import { formats } from "./download.js";
import { shareButton } from "./sharing.js";
import { options } from "./view.js";

/** @typedef {import("../place.js").Place} Place */
/** @typedef {Record<string, any>} Entity */

/**
 * @param {string} sign
 * @param {string} words
 * @param {() => void} act
 */
const button = (sign, words, act) => h("button", { class: "plain", title: words, "aria-label": words, onclick: act }, icon(sign));

/** @param {import("./page.js").DiagramPage} page */
export function toolbar(page) {
  const shown = () => options(page.view, { flowId: page.flow?.id, theme: themeShown() });
  const save = pop(h("summary", { class: "button", title: "Download", "aria-label": "Download" }, icon("download")), formats(page.place, page.diagram, shown));
  return [
    h("div", { class: "group" }, flows(page), button("find", "Find on this diagram (f)", () => page.find()), save,
      !page.place.guest && button("compare", "Compare with an earlier version", () => begin(page)), button("link", "Copy a link to this view", () => page.copy()), !page.place.guest && shareButton(page)),
    h("div", { class: "group zooms" }, button("minus", "Zoom out (-)", () => page.stage.zoom(0.8)), button("plus", "Zoom in (+)", () => page.stage.zoom(1.25)),
      button("fit", "Fit (0)", () => page.fit())),
  ];
}

/** @param {import("./page.js").DiagramPage} page */
function flows(page) {
  if (!page.flows?.length) return null;
  return pop(h("summary", { class: "button", title: "Flows" }, icon("flows"), h("span", null, "Flows")),
    page.flows.map((flow) => h("button", { onclick: () => page.telling.start(flow) }, flow.name)));
}

/**
 * A button that opens a few others; a click on one closes it, and so do Escape and a click elsewhere.
 * @param {HTMLElement} summary
 * @param {HTMLElement[]} inside
 */
function pop(summary, inside) {
  const element = h("details", { class: "pop" }, summary, h("div", { class: "panel" }, ...inside));
  const close = () => {
    element.open = false;
  };
  const elsewhere = (/** @type {Event} */ event) => !element.contains(event.target) && close();
  element.addEventListener("toggle", () => document[element.open ? "addEventListener" : "removeEventListener"]("pointerdown", elsewhere));
  element.addEventListener("click", (/** @type {any} */ event) => event.target.closest(".panel button") && close());
  element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || !element.open) return;
    event.stopPropagation();
    close();
    summary.focus();
  });
  return element;
}

/**
 * The diagrams that one lies below, and itself.
 * @param {Place} place
 * @param {Entity} diagram
 */
export async function trail(place, diagram) {
  if (diagram.type === "context-diagram") return [{ name: diagram.name }];
  const [objects, diagrams] = await Promise.all([place.byId("objects"), place.list("diagrams")]);
  const owner = objects.get(diagram.modelId);
  const above = [...(owner?.parentIds ?? [])].reverse().map((id) => diagrams.filter((one) => one.modelId === id).sort(byIndex)[0]).filter((one) => one !== undefined);
  return [...above, diagram].map((one) => ({ name: one.name, href: place.href(`d/${one.handleId}`) }));
}
