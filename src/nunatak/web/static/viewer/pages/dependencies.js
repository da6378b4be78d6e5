// What leads into an object, and out of it.
// @ts-check
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { go } from "../router.js";
import { byName, counted } from "../words.js";
import { empty, heading, objectLink } from "./parts.js";

/** @typedef {import("../place.js").Place} Place */
/** @typedef {Record<string, any>} Entity */

/** @param {import("../main.js").Context} context */
export async function page({ place, query }) {
  const [objects, connections] = await Promise.all([place.list("objects"), place.list("connections")]);
  const things = objects.filter((one) => one.type !== "root" && one.type !== "group").sort(byName);
  const holder = h("div", { class: "dependencies" });
  const pick = h("select", { "aria-label": "Object", onchange: () => go(place.href("dependencies", { object: pick.value })) },
    ...things.map((one) => h("option", { value: one.handleId }, one.name)));
  const show = (/** @type {URLSearchParams} */ wanted) => {
    const asked = wanted.get("object");
    const focus = things.find((one) => one.handleId === asked || one.id === asked) ?? busiest(things, connections);
    if (!focus) return fill(holder, empty("There is no object yet."));
    pick.value = focus.handleId;
    fill(holder, ...columns(place, focus, objects, connections));
  };
  show(query);
  const body = h("div", { class: "column" }, heading("Dependencies", "What leads into an object and its parts, and out of them", pick), holder);
  return { title: "Dependencies", body, trail: [{ name: "Dependencies" }], update: (/** @type {URLSearchParams} */ wanted) => {
    show(wanted);
    return true;
  } };
}

/**
 * The internal system that has the most connections of its own.
 * @param {Entity[]} things
 * @param {Entity[]} connections
 */
function busiest(things, connections) {
  const count = new Map();
  for (const one of connections) for (const id of [one.originId, one.targetId]) count.set(id, (count.get(id) ?? 0) + 1);
  const rank = (/** @type {Entity} */ one) => (one.type === "system" && !one.external ? 1e6 : 0) + (count.get(one.id) ?? 0);
  return [...things].sort((a, b) => rank(b) - rank(a))[0];
}

/**
 * @param {Place} place
 * @param {Entity} focus
 * @param {Entity[]} objects
 * @param {Entity[]} connections
 */
function columns(place, focus, objects, connections) {
  const byId = new Map(objects.map((one) => [one.id, one]));
  const inside = new Set([focus.id, ...objects.filter((one) => one.parentIds?.includes(focus.id)).map((one) => one.id)]);
  const incoming = connections.filter((one) => inside.has(one.targetId) && !inside.has(one.originId));
  const outgoing = connections.filter((one) => inside.has(one.originId) && !inside.has(one.targetId));
  return [column(place, "Incoming", incoming, "originId", byId, focus), middle(place, focus, incoming.length + outgoing.length), column(place, "Outgoing", outgoing, "targetId", byId, focus)];
}

/**
 * @param {Place} place
 * @param {Entity} focus
 * @param {number} count
 */
const middle = (place, focus, count) => h("section", { class: "focus" }, h("h2", null, "Focus"), h("div", { class: "panel" }, objectLink(place, focus),
  focus.caption && h("p", null, focus.caption), h("p", { class: "note" }, counted(count, "connection"))));

/**
 * @param {Place} place
 * @param {string} title
 * @param {Entity[]} found
 * @param {string} end
 * @param {Map<string, Entity>} byId
 * @param {Entity} focus
 */
function column(place, title, found, end, byId, focus) {
  /** @type {Map<string, Entity[]>} */
  const by = new Map();
  for (const one of found) by.set(one[end], [...(by.get(one[end]) ?? []), one]);
  const others = [...by].map(([id, some]) => ({ other: byId.get(id), some })).filter((one) => one.other !== undefined);
  others.sort((a, b) => byName(/** @type {any} */ (a.other), /** @type {any} */ (b.other)));
  const near = end === "originId" ? "targetId" : "originId";
  return h("section", null, h("h2", null, `${title} `, h("span", { class: "count" }, others.length)),
    others.length ? h("ul", { class: "stack" }, ...others.map(({ other, some }) => h("li", { class: "panel" },
      h("a", { class: "thing", href: place.href("dependencies", { object: /** @type {Entity} */ (other).handleId }) }, h("span", { class: "name" }, /** @type {Entity} */ (other).name)),
      h("ul", { class: "lines" }, ...some.map((one) => h("li", null, h("a", { href: place.href("model", { connection: one.handleId }) }, icon("connection", 14), one.name || "connection"),
        one[near] !== focus.id && h("span", { class: "kind" }, byId.get(one[near])?.name))))))) : h("p", { class: "note" }, "Nothing"));
}
