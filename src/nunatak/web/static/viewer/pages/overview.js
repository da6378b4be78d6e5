// A landscape at a glance: pinned and recent diagrams, its flows, and its health.
// @ts-check
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { byIndex, counted } from "../words.js";
import { block, card, cards, heading, illustrate, later, objectLink } from "./parts.js";

/** @typedef {import("../place.js").Place} Place */
/** @typedef {Record<string, any>} Entity */

const RECENT = 6;

/** @param {import("../main.js").Context} context */
export async function page({ place }) {
  const [land, diagrams, flows] = await Promise.all([place.landscape(), place.list("diagrams"), place.list("flows")]);
  const pinned = diagrams.filter((one) => one.pinned).sort((a, b) => (a.pinnedIndex ?? 0) - (b.pinnedIndex ?? 0));
  const recent = diagrams.filter((one) => !one.pinned).sort((a, b) => b.updatedAt.localeCompare(a.updatedAt)).slice(0, RECENT);
  const body = h("div", { class: "column" },
    heading(land.name, later(count(place, diagrams, flows))),
    pinned.length > 0 && block("Pinned", cards(place, pinned)),
    block(pinned.length ? "Recently changed" : "Diagrams", recent.length ? cards(place, recent) : h("p", { class: "note" }, "No diagram yet.")),
    flows.length > 0 && block("Flows", flowCards(place, flows.sort(byIndex).slice(0, RECENT))),
    block("Health", later(health(place))));
  return { title: "Overview", body };
}

/**
 * @param {Place} place
 * @param {Entity[]} diagrams
 * @param {Entity[]} flows
 */
async function count(place, diagrams, flows) {
  const [objects, connections] = await Promise.all([place.list("objects"), place.list("connections")]);
  const things = objects.filter((one) => one.type !== "root").length;
  return h("span", null, [counted(diagrams.length, "diagram"), counted(flows.length, "flow"), counted(things, "object"), counted(connections.length, "connection")].join(" · "));
}

/**
 * @param {Place} place
 * @param {Entity[]} flows
 */
export function flowCards(place, flows) {
  const list = h("ul", { class: "cards" }, ...flows.map((one) => card(place.href(`d/${one.diagramId}`, { flow: one.handleId }), one.name,
    counted(Object.keys(one.steps).length, "step"), one.id, one.pinned)));
  const diagramOf = new Map(flows.map((one) => [one.id, one.diagramId]));
  illustrate(list, async () => (await place.get("flows/thumbnails")).thumbnails,
    (id) => place.text(`diagrams/${diagramOf.get(id)}/image.svg`, { theme: "dark", flowId: id }));
  return list;
}

/** @param {Place} place */
async function health(place) {
  const [objects, connections, comments] = await Promise.all([place.list("objects"), place.list("connections"), place.guest ? [] : place.list("comments")]);
  const things = objects.filter((one) => one.type !== "root" && one.type !== "group");
  const open = comments.filter((one) => one.body.status === "open" || one.body.status === "active");
  const broken = [...objects, ...connections].filter((one) => Object.values(one.links ?? {}).some((link) => link.status === "invalid"));
  const lonely = things.filter((one) => !Object.keys(one.diagrams ?? {}).length);
  const linked = new Set(connections.flatMap((one) => [one.originId, one.targetId, one.viaId]));
  const checks = [
    ["Have a caption", things.filter((one) => !one.caption), things.length],
    ["Are on a diagram", lonely, things.length],
    ["Are connected", things.filter((one) => !linked.has(one.id) && !one.childIds?.length), things.length],
    ["Links that lead somewhere", broken, objects.length + connections.length],
  ];
  return h("ul", { class: "checks" }, ...checks.map(([name, missing, all]) => check(place, String(name), /** @type {Entity[]} */ (missing), Number(all))),
    !place.guest && h("li", { "data-good": open.length === 0 }, h("span", { class: "disc" }, icon(open.length ? "question" : "check", 16)),
      h("strong", null, "Comments"), h("span", null, open.length ? counted(open.length, "open question or remark", "open questions and remarks") : "Nothing open")));
}

/**
 * @param {Place} place
 * @param {string} name
 * @param {Entity[]} missing
 * @param {number} all
 */
function check(place, name, missing, all) {
  const good = missing.length === 0;
  const summary = [h("span", { class: "disc" }, icon(good ? "check" : "alert", 16)), h("strong", null, name),
    h("span", null, good ? "All of them" : `${(all - missing.length).toLocaleString()} of ${all.toLocaleString()}`)];
  if (good) return h("li", { "data-good": true }, ...summary);
  return h("li", null, h("details", null, h("summary", null, ...summary, icon("down", 16)),
    h("ul", { class: "things" }, ...missing.slice(0, 50).map((one) => h("li", null, objectLink(place, one))),
      missing.length > 50 && h("li", { class: "note" }, `and ${(missing.length - 50).toLocaleString()} more`))));
}
