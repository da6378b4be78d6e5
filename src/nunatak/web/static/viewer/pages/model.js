// The model as a tree or a table, with filters; a chosen object's or connection's details stand beside it.
// @ts-check
import { connectionDetails, connectionLine, objectDetails } from "../details.js";
import { fill, h } from "../dom.js";
import { icon, typeIcon } from "../icons.js";
import { go } from "../router.js";
import { STATUSES, byName, counted, typeName } from "../words.js";
import { empty, heading, objectLink } from "./parts.js";

/** @typedef {import("../place.js").Place} Place */
/** @typedef {Record<string, any>} Entity */

const KINDS = ["actor", "system", "app", "store", "component", "group"];
const MOST = 500; // rows at once: more are asked for

/** @param {import("../main.js").Context} context */
export async function page({ place, query }) {
  const [objects, connections, words, tags] = await Promise.all([place.list("objects"), place.list("connections"), place.words(), place.list("tags")]);
  const side = h("aside", { class: "side", "aria-label": "Details" });
  const list = h("div", { class: "list" });
  const known = objects.filter((one) => one.type !== "root");
  const asked = { words: "", type: query.get("type") ?? "", status: query.get("status") ?? "", technology: query.get("technology") ?? "", tag: query.get("tag") ?? "", look: query.get("look") ?? "tree" };
  const show = () => fill(list, rows(place, known, connections, asked));
  const body = h("div", { class: "split" }, h("div", { class: "column" },
    heading("Model", `${counted(known.length, "object")}, ${counted(connections.length, "connection")}`, looks(asked, show)),
    filters(asked, words.technologies, tags, show), list), side);
  show();
  const choose = async (/** @type {URLSearchParams} */ wanted) => detail(place, wanted, side, objects, connections);
  await choose(query);
  return { title: "Model", body, trail: [{ name: "Model" }], update: async (/** @type {URLSearchParams} */ wanted) => {
    await choose(wanted);
    return true;
  } };
}

/**
 * @param {Place} place
 * @param {URLSearchParams} query
 * @param {Element} side
 * @param {Entity[]} objects
 * @param {Entity[]} connections
 */
async function detail(place, query, side, objects, connections) {
  const is = (/** @type {string | null} */ id) => (/** @type {Entity} */ one) => one.id === id || one.handleId === id;
  const object = query.get("object") ? objects.find(is(query.get("object"))) : null;
  const connection = query.get("connection") ? connections.find(is(query.get("connection"))) : null;
  const close = h("button", { class: "plain close", "aria-label": "Close details", onclick: () => go(place.href("model")) }, icon("close"));
  if (object) fill(side, close, await objectDetails(place, object));
  else if (connection) fill(side, close, await connectionDetails(place, connection));
  else fill(side);
  side.scrollTop = 0;
}

/**
 * @param {Entity} asked
 * @param {() => void} show
 */
function looks(asked, show) {
  const choices = [["tree", "Tree"], ["table", "Table"], ["connections", "Connections"]];
  const holder = h("div", { class: "choice", role: "group", "aria-label": "Shown as" });
  fill(holder, ...choices.map(([id, name]) => h("button", { "aria-pressed": String(asked.look === id), onclick: (/** @type {any} */ event) => {
    asked.look = id;
    for (const one of holder.children) one.setAttribute("aria-pressed", String(one === event.currentTarget));
    show();
  } }, name)));
  return holder;
}

/**
 * @param {Entity} asked
 * @param {Entity[]} technologies
 * @param {Entity[]} tags
 * @param {() => void} show
 */
function filters(asked, technologies, tags, show) {
  const select = (/** @type {string} */ key, /** @type {string} */ all, /** @type {{id: string, name: string}[]} */ choices) =>
    h("select", { "aria-label": all, onchange: (/** @type {any} */ event) => {
      asked[key] = event.target.value;
      show();
    } }, h("option", { value: "" }, all), ...choices.map((one) => h("option", { value: one.id, selected: asked[key] === one.id }, one.name)));
  const named = (/** @type {Entity[]} */ all) => all.map((one) => ({ id: one.id, name: one.name })).sort(byName);
  return h("div", { class: "filters" },
    h("input", { type: "search", placeholder: "Filter by name", "aria-label": "Filter by name", oninput: (/** @type {any} */ event) => {
      asked.words = event.target.value.trim().toLowerCase();
      show();
    } }),
    select("type", "Any type", KINDS.map((id) => ({ id, name: typeName(id) }))), select("status", "Any status", STATUSES),
    technologies.length > 0 && select("technology", "Any technology", named(technologies)), tags.length > 0 && select("tag", "Any tag", named(tags)));
}

/**
 * @param {Entity} asked
 * @returns {(one: Entity) => boolean}
 */
function wanted(asked) {
  return (one) => (!asked.words || one.name.toLowerCase().includes(asked.words)) && (!asked.type || one.type === asked.type) &&
    (!asked.status || one.status === asked.status) && (!asked.technology || one.technologyIds.includes(asked.technology)) &&
    (!asked.tag || one.tagIds.includes(asked.tag));
}

/**
 * @param {Place} place
 * @param {Entity[]} objects
 * @param {Entity[]} connections
 * @param {Entity} asked
 */
function rows(place, objects, connections, asked) {
  const byId = new Map(objects.map((one) => [one.id, one]));
  const fits = wanted(asked);
  if (asked.look === "connections") {
    const found = connections.filter((one) => wanted({ ...asked, type: "" })(one)).sort(byName);
    return found.length ? bounded(found, (some) => h("ul", { class: "things" }, ...some.map((one) => connectionLine(place, one, byId)))) : empty("No connection fits.");
  }
  const found = objects.filter(fits).sort(byName);
  if (!found.length) return empty("No object fits.");
  if (asked.look === "table") return bounded(found, (some) => table(place, some, byId));
  const all = found.length === objects.length;
  return all ? tree(place, objects) : bounded(found, (some) => h("ul", { class: "things" }, ...some.map((one) => h("li", null, objectLink(place, one, path(one, byId))))));
}

/**
 * @param {Entity[]} found
 * @param {(some: Entity[]) => Node} make
 */
function bounded(found, make) {
  if (found.length <= MOST) return make(found);
  const holder = h("div", null, make(found.slice(0, MOST)));
  holder.append(h("button", { onclick: () => holder.replaceWith(make(found)) }, `Show all ${found.length.toLocaleString()}`));
  return holder;
}

/**
 * @param {Entity} one
 * @param {Map<string, Entity>} byId
 */
const path = (one, byId) => one.parentIds.map((/** @type {string} */ id) => byId.get(id)?.name).filter(Boolean).join(", ") || typeName(one.type);

/**
 * @param {Place} place
 * @param {Entity[]} objects
 * @param {Map<string, Entity>} byId
 */
function table(place, objects, byId) {
  const head = ["Name", "Type", "In", "Status", "Caption"];
  return h("div", { class: "scroll" }, h("table", null, h("thead", null, h("tr", null, ...head.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", null, ...objects.map((one) => h("tr", null,
      h("td", null, objectLink(place, one, "")), h("td", null, typeName(one.type)), h("td", null, byId.get(one.parentId)?.name ?? ""),
      h("td", null, STATUSES.find((status) => status.id === one.status)?.name), h("td", null, one.caption ?? ""))))));
}

/**
 * The hierarchy; what a branch holds is made when it is opened.
 * @param {Place} place
 * @param {Entity[]} objects
 */
function tree(place, objects) {
  /** @type {Map<string, Entity[]>} */
  const below = new Map();
  const ids = new Set(objects.map((one) => one.id));
  for (const one of objects) {
    const key = ids.has(one.parentId) ? one.parentId : "";
    below.set(key, [...(below.get(key) ?? []), one]);
  }
  const branch = (/** @type {Entity} */ one) => {
    const inner = below.get(one.id);
    const link = h("a", { class: "thing", href: place.href("model", { object: one.handleId }) }, typeIcon(one.type), h("span", { class: "name" }, one.name), h("span", { class: "kind" }, inner ? counted(inner.length, "part") : ""));
    if (!inner) return h("li", null, h("div", { class: "branch" }, h("span", { class: "leaf" }), link));
    const list = h("ul", { hidden: true });
    const opener = h("button", { class: "plain opener", "aria-expanded": "false", "aria-label": `Parts of ${one.name}`, onclick: () => {
      if (!list.childElementCount) fill(list, ...inner.sort(byName).map(branch));
      list.hidden = !list.hidden;
      opener.setAttribute("aria-expanded", String(!list.hidden));
    } }, icon("next", 14));
    return h("li", null, h("div", { class: "branch" }, opener, link), list);
  };
  const order = (/** @type {Entity} */ a, /** @type {Entity} */ b) => KINDS.indexOf(a.type) - KINDS.indexOf(b.type) || byName(a, b);
  return h("ul", { class: "tree" }, ...(below.get("") ?? []).sort(order).map(branch));
}
