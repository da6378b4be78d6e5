// Architecture decisions: the list, and one of them as it was written.
// @ts-check
import { h } from "../dom.js";
import { markdown, outward } from "../markdown.js";
import { capital, counted, day } from "../words.js";
import { chip, empty, heading } from "./parts.js";

/** @typedef {import("../place.js").Place} Place */
/** @typedef {Record<string, any>} Entity */

/** @type {Record<string, string>} */
const COLORS = { accepted: "green", rejected: "red", draft: "grey" };

/** @param {import("../main.js").Context} context */
export async function page({ place, args }) {
  const adrs = (await place.list("adrs")).sort((a, b) => b.number - a.number);
  const one = args[0] ? adrs.find((adr) => adr.id === args[0] || adr.handleId === args[0]) : null;
  if (one) return { title: one.name, body: await whole(place, one), trail: [{ name: "Decisions", href: place.href("adrs") }, { name: one.name }] };
  const body = h("div", { class: "column" }, heading("Decisions", counted(adrs.length, "decision")), adrs.length ? h("ul", { class: "rows" }, ...adrs.map((adr) => h("li", null,
    h("a", { href: place.href(`adrs/${adr.handleId}`) }, h("span", { class: "number" }, adr.number), h("strong", null, adr.name), sign(adr), h("time", { datetime: adr.updatedAt }, day(adr.updatedAt))))))
    : empty("No decision has been written down yet."));
  return { title: "Decisions", body, trail: [{ name: "Decisions" }] };
}

/** @param {Entity} adr */
const sign = (adr) => chip(capital(adr.status), COLORS[adr.status]);

/**
 * @param {Place} place
 * @param {Entity} adr
 */
async function whole(place, adr) {
  const [adrs, diagrams] = await Promise.all([place.byId("adrs"), place.byId("diagrams")]);
  const related = Object.values(adr.relatedItems ?? {}).sort((a, b) => a.index - b.index).map((item) => {
    if (item.link) return h("li", null, outward(item.link.url, item.link.customName || item.link.url || "Link"));
    const other = item.adrId ? adrs.get(item.adrId) : item.diagramId ? diagrams.get(item.diagramId) : null;
    return other && h("li", null, h("a", { href: place.href(item.adrId ? `adrs/${other.handleId}` : `d/${other.handleId}`) }, other.name));
  });
  return h("article", { class: "column narrow" }, h("p", { class: "kind-line" }, `Decision ${adr.number}`, sign(adr), day(adr.createdAt)), h("h1", null, adr.name),
    adr.description && markdown(adr.description), adr.content && markdown(adr.content),
    related.some(Boolean) && h("section", { class: "block" }, h("h2", null, "Related"), h("ul", null, ...related)));
}
