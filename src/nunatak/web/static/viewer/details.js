// What is known of one object or connection: words, links, tags, technologies, teams, neighbours, and where it appears.
// @ts-check
import { h } from "./dom.js";
import { icon, typeIcon } from "./icons.js";
import { markdown, outward } from "./markdown.js";
import { chip, objectLink, technology } from "./pages/parts.js";
import { STATUSES, byName, capital, typeName } from "./words.js";

/** @typedef {import("./place.js").Place} Place */
/** @typedef {Record<string, any>} Entity */

/**
 * @param {Place} place
 * @param {Entity} object
 * @returns {Promise<HTMLElement>}
 */
export async function objectDetails(place, object) {
  const [objects, connections, diagrams, flows] = await Promise.all([place.byId("objects"), place.list("connections"), place.byId("diagrams"), place.byId("flows")]);
  const parents = (object.parentIds ?? []).map((/** @type {string} */ id) => objects.get(id)).filter((/** @type {Entity} */ one) => one && one.type !== "root");
  const outgoing = connections.filter((one) => one.originId === object.id);
  const incoming = connections.filter((one) => one.targetId === object.id);
  const passing = connections.filter((one) => one.viaId === object.id);
  const children = (object.childIds ?? []).map((/** @type {string} */ id) => objects.get(id)).filter(Boolean).sort(byName);
  return h("div", { class: "details" },
    h("p", { class: "kind-line" }, typeIcon(object.type), object.external ? `External ${typeName(object.type).toLowerCase()}` : typeName(object.type), statusChip(object)),
    h("h2", null, object.name),
    object.caption && h("p", { class: "caption" }, object.caption),
    parents.length > 0 && h("p", { class: "within" }, "in ", ...parents.flatMap((/** @type {Entity} */ one, /** @type {number} */ at) => [at > 0 && ", ", h("a", { href: place.href("model", { object: one.handleId }) }, one.name)])),
    object.description && markdown(object.description),
    ...(await marks(place, object)),
    part("Links", links(object)),
    part("Goes to", outgoing.map((one) => neighbour(place, one, objects.get(one.targetId)))),
    part("Comes from", incoming.map((one) => neighbour(place, one, objects.get(one.originId)))),
    part("Carries", passing.map((one) => connectionLine(place, one, objects))),
    part("Holds", children.map((/** @type {Entity} */ one) => h("li", null, objectLink(place, one)))),
    part("Its diagrams", shownOn(place, object.childDiagramIds ?? [], diagrams)),
    part("Appears on", shownOn(place, placements(object), diagrams)),
    part("Told in", told(place, object, flows)),
    h("p", { class: "more" }, h("a", { href: place.href("dependencies", { object: object.handleId }) }, icon("dependencies", 16), "Dependencies")));
}

/**
 * @param {Place} place
 * @param {Entity} connection
 * @returns {Promise<HTMLElement>}
 */
export async function connectionDetails(place, connection) {
  const [objects, diagrams, flows] = await Promise.all([place.byId("objects"), place.byId("diagrams"), place.byId("flows")]);
  const via = connection.viaId ? objects.get(connection.viaId) : null;
  const ends = [connection.originId, connection.targetId].map((id) => objects.get(id)).filter(Boolean);
  return h("div", { class: "details" },
    h("p", { class: "kind-line" }, icon("connection", 16), connection.direction === "bidirectional" ? "Connection, both ways" : "Connection", statusChip(connection)),
    h("h2", null, connection.name || "Without a name"),
    h("ul", { class: "things ends" }, ...ends.map((one) => h("li", null, objectLink(place, /** @type {Entity} */ (one)))), via && h("li", null, objectLink(place, via, "via"))),
    connection.description && markdown(connection.description),
    ...(await marks(place, connection)),
    part("Links", links(connection)),
    part("Appears on", shownOn(place, Object.values(connection.diagrams ?? {}).map((one) => one.id), diagrams)),
    part("Told in", told(place, connection, flows)));
}

/** @param {Entity} thing */
function statusChip(thing) {
  const status = STATUSES.find((one) => one.id === thing.status);
  return status && status.id !== "live" ? chip(status.name, status.color) : null;
}

/**
 * @param {Place} place
 * @param {Entity} thing
 */
async function marks(place, thing) {
  const [tags, words] = await Promise.all([place.byId("tags"), place.words()]);
  const worn = (thing.tagIds ?? []).map((/** @type {string} */ id) => tags.get(id)).filter(Boolean);
  const of = (/** @type {Entity[]} */ all, /** @type {string[]} */ ids) => all.filter((one) => ids.includes(one.id));
  return [
    part("Tags", worn.map((/** @type {Entity} */ one) => h("li", null, chip(one.name, one.color))), "chips"),
    part("Technologies", of(words.technologies, thing.technologyIds ?? []).map((one) => h("li", null, technology(one))), "chips"),
    part("Teams", of(words.teams, thing.teamIds ?? []).map((one) => h("li", null, chip(one.name, one.color))), "chips"),
  ];
}

/**
 * @param {string} title
 * @param {Node[]} items
 * @param {string} [kind]
 */
function part(title, items, kind = "things") {
  return items.length ? h("section", null, h("h3", null, title), h("ul", { class: kind }, ...items)) : null;
}

/** @param {Entity} thing */
function links(thing) {
  return Object.values(thing.links ?? {}).sort((a, b) => a.index - b.index).map((link) => {
    const words = link.customName || link.name || (link.url ?? "").replace(/^https?:\/\//, "") || "Link";
    return h("li", null, h("span", { class: "thing" }, icon("external", 16), outward(link.url, words), link.status === "invalid" && h("span", { class: "kind" }, "leads nowhere")));
  });
}

/**
 * @param {Place} place
 * @param {Entity} connection
 * @param {Entity | undefined} other
 */
function neighbour(place, connection, other) {
  if (!other) return h("li", null, connection.name);
  return h("li", null, objectLink(place, other, ""), h("a", { class: "by", href: place.href("model", { connection: connection.handleId }) }, connection.name || "connection"));
}

/**
 * @param {Place} place
 * @param {Entity} connection
 * @param {Map<string, Entity>} objects
 */
export function connectionLine(place, connection, objects) {
  const name = (/** @type {string} */ id) => objects.get(id)?.name ?? "?";
  return h("li", null, h("a", { class: "thing", href: place.href("model", { connection: connection.handleId }) }, icon("connection", 16),
    h("span", { class: "name" }, connection.name || "Without a name"), h("span", { class: "kind" }, `${name(connection.originId)} → ${name(connection.targetId)}`)));
}

/** @param {Entity} object */
function placements(object) {
  return [...new Set(Object.values(object.diagrams ?? {}).map((one) => one.id))];
}

/**
 * @param {Place} place
 * @param {string[]} ids
 * @param {Map<string, Entity>} diagrams
 */
function shownOn(place, ids, diagrams) {
  return [...new Set(ids)].map((id) => diagrams.get(id)).filter((one) => one !== undefined).sort(byName).map((one) =>
    h("li", null, h("a", { class: "thing", href: place.href(`d/${one.handleId}`) }, icon("diagrams", 16), h("span", { class: "name" }, one.name))));
}

/**
 * @param {Place} place
 * @param {Entity} thing
 * @param {Map<string, Entity>} flows
 */
function told(place, thing, flows) {
  const ids = [...new Set(Object.values(thing.flows ?? {}).map((one) => one.id))];
  return ids.map((id) => flows.get(id)).filter((one) => one !== undefined).map((one) =>
    h("li", null, h("a", { class: "thing", href: place.href(`d/${one.diagramId}`, { flow: one.handleId }) }, icon("flows", 16), h("span", { class: "name" }, capital(one.name)))));
}
