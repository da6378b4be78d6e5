// What is shown of a diagram, as an address holds it: a link restores exactly this.
// @ts-check

/**
 * @typedef {{tab: string, group: string, pin: string[], focus: string[], hide: string[], select: string, flow: string,
 *   step: string, back: string, compare: string, side: string, as: string, paths: string[], at: {x: number, y: number, scale: number} | null}} View
 */

const LISTS = /** @type {const} */ (["pin", "focus", "hide", "paths"]);
const WORDS = /** @type {const} */ (["tab", "group", "select", "flow", "step", "back", "compare", "side", "as"]);
const TABS = ["tags", "technology", "status", "teams"];

/**
 * @param {URLSearchParams} query
 * @returns {View}
 */
export function read(query) {
  const list = (/** @type {string} */ name) => (query.get(name) ?? "").split(",").filter(Boolean);
  const word = (/** @type {string} */ name) => query.get(name) ?? "";
  const [x, y, scale] = word("at").split(",").map(Number);
  const at = query.has("at") && [x, y, scale].every(Number.isFinite) && scale > 0 ? { x, y, scale } : null;
  return {
    tab: TABS.includes(word("tab")) ? word("tab") : "", group: word("group"), pin: list("pin"), focus: list("focus"), hide: list("hide"),
    select: word("select"), flow: word("flow"), step: word("step"), back: word("back"),
    compare: word("compare"), side: word("side"), as: word("as") === "sequence" ? "sequence" : "", paths: list("paths"), at,
  };
}

/**
 * The query that says a view; what it doesn't speak of stays as it is.
 * @param {View} view
 * @param {URLSearchParams} kept
 */
export function write(view, kept) {
  const query = new URLSearchParams(kept);
  const set = (/** @type {string} */ name, /** @type {string} */ text) => (text ? query.set(name, text) : query.delete(name));
  WORDS.forEach((name) => set(name, view[name]));
  LISTS.forEach((name) => set(name, view[name].join(",")));
  set("at", view.at ? [Math.round(view.at.x), Math.round(view.at.y), Number(view.at.scale.toPrecision(4))].join(",") : "");
  return query;
}

/**
 * The server's options for a view.
 * @param {View} view
 * @param {{flowId?: string, theme: string}} more
 */
export function options(view, more) {
  const tab = view.tab ? { tab: view.tab, groupId: view.tab === "tags" ? view.group : "", pinIds: view.pin, focusIds: view.focus, hideIds: view.hide } : {};
  const flow = more.flowId ? { flowId: more.flowId, flowPathIds: view.paths, sequence: view.as === "sequence" } : {};
  const compared = view.compare && !view.side ? { from: view.compare } : {};
  return { theme: more.theme, ...tab, ...flow, ...compared };
}
