// All diagrams, by domain and by the object and folder they belong to.
// @ts-check
import { fill, h } from "../dom.js";
import { byIndex, counted } from "../words.js";
import { block, cards, empty, heading } from "./parts.js";

/** @typedef {import("../place.js").Place} Place */
/** @typedef {Record<string, any>} Entity */

/** @param {import("../main.js").Context} context */
export async function page({ place }) {
  const [diagrams, groups, domains, objects] = await Promise.all([place.list("diagrams"), place.list("diagramGroups"), place.list("domains"), place.byId("objects")]);
  const list = h("div");
  const show = (/** @type {string} */ words) => {
    const wanted = diagrams.filter((one) => one.name.toLowerCase().includes(words.toLowerCase()));
    fill(list, wanted.length ? byDomain(place, wanted, groups, domains, objects) : empty(diagrams.length ? "No diagram is called that." : "No diagram yet."));
  };
  const input = h("input", { type: "search", placeholder: "Filter by name", "aria-label": "Filter diagrams by name", oninput: () => show(input.value.trim()) });
  show("");
  const body = h("div", { class: "column" }, heading("Diagrams", counted(diagrams.length, "diagram"), input), list);
  return { title: "Diagrams", body, trail: [{ name: "Diagrams" }] };
}

/**
 * @param {Place} place
 * @param {Entity[]} diagrams
 * @param {Entity[]} groups
 * @param {Entity[]} domains
 * @param {Map<string, Entity>} objects
 */
function byDomain(place, diagrams, groups, domains, objects) {
  const folders = new Map(groups.map((one) => [one.id, one]));
  /** @type {Map<string, Map<string, Entity[]>>} */
  const found = new Map();
  for (const one of diagrams.sort(byIndex)) {
    const owner = objects.get(one.modelId);
    const domain = owner?.domainId ?? "";
    const title = [owner && owner.type !== "root" ? owner.name : "", folders.get(one.groupId)?.name ?? ""].filter(Boolean).join(" / ");
    const within = found.get(domain) ?? found.set(domain, new Map()).get(domain);
    within?.set(title, [...(within.get(title) ?? []), one]);
  }
  const several = found.size > 1;
  return [...found].map(([domain, titles]) => {
    const blocks = [...titles].sort(([a], [b]) => a.localeCompare(b)).map(([title, some]) =>
      title ? (several ? h("section", { class: "block" }, h("h3", null, title), cards(place, some)) : block(title, cards(place, some))) : cards(place, some));
    const name = domains.find((one) => one.id === domain)?.name;
    return several && name ? block(name, ...blocks) : h("div", { class: "blocks" }, ...blocks);
  });
}
