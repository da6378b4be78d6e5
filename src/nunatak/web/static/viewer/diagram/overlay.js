// The tabs below a diagram: tags, technologies, statuses and teams, each word to be pinned, focused or hidden.
// @ts-check
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { technologyIcon } from "../pages/parts.js";
import { STATUSES, byIndex } from "../words.js";

/** @typedef {Record<string, any>} Entity */
/** @typedef {import("./view.js").View} View */
/** @typedef {{id: string, name: string, color?: string, word?: Entity, ids: string[]}} Mark a word, and the diagram's things that bear it */

const TABS = [["tags", "Tags"], ["technology", "Technology"], ["status", "Status"], ["teams", "Teams"]];

/**
 * What there is to mark on a diagram.
 * @param {Entity} content
 * @param {Map<string, Entity>} objects
 * @param {Map<string, Entity>} connections
 * @param {{tags: Entity[], groups: Entity[], technologies: Entity[], teams: Entity[]}} words
 */
export function marks(content, objects, connections, words) {
  const things = [
    ...Object.values(content.objects).map((one) => ({ id: one.id, model: objects.get(one.modelId) })),
    ...Object.values(content.connections).map((one) => ({ id: one.id, model: connections.get(one.modelId) })),
  ].filter((one) => one.model);
  const bearing = (/** @type {(model: any) => boolean} */ fits) => things.filter((one) => fits(one.model)).map((one) => one.id);
  const used = (/** @type {Mark[]} */ all) => all.filter((one) => one.ids.length);
  const tagged = (/** @type {Entity} */ group) => used(words.tags.filter((tag) => tag.groupId === group.id).sort(byIndex).map((tag) =>
    ({ id: tag.id, name: tag.name, color: tag.color, ids: bearing((model) => model.tagIds.includes(tag.id)) })));
  return {
    groups: words.groups.sort(byIndex).map((group) => ({ id: group.id, name: group.name, marks: tagged(group) })).filter((one) => one.marks.length),
    technology: used(words.technologies.map((one) => ({ id: one.id, name: one.name, color: one.color, word: one, ids: bearing((model) => model.technologyIds.includes(one.id)) }))),
    status: used(STATUSES.map((one) => ({ ...one, ids: bearing((model) => model.status === one.id) }))),
    teams: used(words.teams.map((one) => ({ id: one.id, name: one.name, color: one.color, ids: bearing((model) => model.teamIds?.includes(one.id)) }))),
  };
}

/**
 * @param {View} view changed in place
 * @param {ReturnType<typeof marks>} found
 * @param {{changed: () => void, hovered: (ids: string[] | null) => void}} told
 */
export function overlay(view, found, told) {
  const bar = h("div", { class: "overlay" });
  const tabs = h("div", { class: "choice", role: "group", "aria-label": "Colours by" });
  const line = h("div", { class: "marks" });
  const change = () => {
    show();
    told.changed();
  };
  const open = (/** @type {string} */ tab) => {
    view.tab = view.tab === tab ? "" : tab;
    view.group = view.tab === "tags" ? (found.groups[0]?.id ?? "") : "";
    for (const name of /** @type {const} */ (["pin", "focus", "hide"])) view[name] = [];
    told.hovered(null);
    change();
  };
  const show = () => {
    fill(tabs, ...TABS.map(([id, name]) => h("button", { "aria-pressed": String(view.tab === id), onclick: () => open(id) }, name)));
    fill(line, ...words(view, found, change, told.hovered));
    line.hidden = !view.tab;
  };
  fill(bar, line, tabs);
  show();
  return bar;
}

/**
 * @param {View} view
 * @param {ReturnType<typeof marks>} found
 * @param {() => void} change
 * @param {(ids: string[] | null) => void} hovered
 */
function words(view, found, change, hovered) {
  if (!view.tab) return [];
  const group = found.groups.find((one) => one.id === view.group) ?? found.groups[0];
  const some = view.tab === "tags" ? (group?.marks ?? []) : found[/** @type {"status"} */ (view.tab)];
  if (!some.length) return [h("span", { class: "note" }, `Nothing here has ${view.tab === "tags" ? "a tag" : view.tab === "teams" ? "a team" : `a ${view.tab}`}.`)];
  const pick = view.tab === "tags" && found.groups.length > 1 && h("select", { "aria-label": "Tag group", onchange: (/** @type {any} */ event) => {
    view.group = event.target.value;
    change();
  } }, ...found.groups.map((one) => h("option", { value: one.id, selected: one.id === group?.id }, one.name)));
  return [pick, ...some.map((one) => mark(view, one, change, hovered))];
}

/**
 * @param {View} view
 * @param {Mark} one
 * @param {() => void} change
 * @param {(ids: string[] | null) => void} hovered
 */
function mark(view, one, change, hovered) {
  const toggle = (/** @type {"pin" | "focus" | "hide"} */ list) => () => {
    const on = view[list].includes(one.id);
    for (const name of /** @type {const} */ (["pin", "focus", "hide"])) view[name] = view[name].filter((id) => id !== one.id);
    if (!on) view[list] = [...view[list], one.id];
    hovered(null);
    change();
  };
  const button = (/** @type {"pin" | "focus" | "hide"} */ list, /** @type {string} */ verb) => h("button", { class: "plain", title: `${verb} ${one.name}`, "aria-label": `${verb} ${one.name}`,
    "aria-pressed": String(view[list].includes(one.id)), onclick: toggle(list) }, icon(list, 14));
  const sign = one.word ? (technologyIcon(one.word) ?? h("i")) : h("i");
  return h("span", { class: "mark", "data-color": one.color, "data-on": view.hide.includes(one.id) ? "hide" : view.focus.includes(one.id) ? "focus" : view.pin.includes(one.id) ? "pin" : false,
    onpointerenter: () => hovered(one.ids), onpointerleave: () => hovered(null) },
  h("button", { class: "word", "aria-pressed": String(view.pin.includes(one.id)), onfocus: () => hovered(one.ids), onblur: () => hovered(null), onclick: toggle("pin") },
    sign, one.name, h("small", null, one.ids.length)), button("focus", "Focus"), button("hide", "Hide"));
}
