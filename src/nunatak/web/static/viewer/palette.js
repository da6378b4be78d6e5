// Search over everything of a version, from any page: Ctrl K.
// @ts-check
import { fill, h } from "./dom.js";
import { icon, typeIcon } from "./icons.js";
import { go } from "./router.js";
import { typeName } from "./words.js";

/** @typedef {import("./place.js").Place} Place */

/** @type {{place: Place | null}} */
const state = { place: null };

/** @param {Place | null} place */
export function searchIn(place) {
  state.place = place;
}

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && state.place) {
    event.preventDefault();
    openSearch(state.place);
  }
});

/** @param {Place} place */
export function openSearch(place) {
  if (document.querySelector("dialog.palette")) return;
  const results = h("ul", { class: "results", id: "results", role: "listbox", "aria-label": "Results" });
  const input = h("input", { type: "search", placeholder: "Search objects, connections, diagrams and flows", role: "combobox",
    "aria-label": "Search", "aria-controls": "results", "aria-expanded": "true", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" });
  const dialog = h("dialog", { class: "palette", "aria-label": "Search" }, h("div", { class: "field" }, icon("search"), input), results);
  const close = () => {
    dialog.close();
    dialog.remove();
  };
  let at = 0;
  let round = 0;
  /** @param {number} wanted */
  const mark = (wanted) => {
    const all = [...results.querySelectorAll("[role=option]")];
    at = Math.max(0, Math.min(all.length - 1, wanted));
    all.forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
    all[at]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[at]?.id ?? "");
  };
  const search = async () => {
    const mine = ++round;
    const words = input.value.trim();
    const found = words ? (await place.get("search", { search: words, maxResults: 30, includeData: true })).results : [];
    if (mine !== round) return;
    fill(results, ...(found.length ? found.map((/** @type {any} */ one, /** @type {number} */ index) => result(place, one, index, close))
      : [h("li", { class: "hint" }, words ? "Nothing is called that." : "Type a name. Arrows choose, Enter opens.")]));
    mark(0);
  };
  let last = Promise.resolve();
  const ask = () => {
    last = search().catch((error) => fill(results, h("li", { class: "hint" }, error.message)));
  };
  // What is chosen is of the words that stand there now, however fast they were typed.
  const choose = () => last.then(() => dialog.open && results.querySelector("[aria-selected=true]")?.dispatchEvent(new MouseEvent("click", { bubbles: true })));
  input.addEventListener("input", ask);
  dialog.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Enter") choose();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    if (event.target === dialog) close();
  });
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
  ask();
}

/**
 * @param {Place} place
 * @param {any} found
 * @param {number} index
 * @param {() => void} close
 */
function result(place, found, index, close) {
  const sign = found.type.endsWith("-diagram") ? icon("diagrams", 16) : found.type === "flow" ? icon("flows", 16) : typeIcon(found.type);
  return h("li", { role: "option", id: `result-${index}`, "aria-selected": "false", onclick: () => {
    close();
    go(hrefOf(place, found));
  } }, sign, h("span", { class: "name" }, found.name || "Without a name"), h("span", { class: "kind" }, typeName(found.type)));
}

/**
 * Where something that was found is shown.
 * @param {Place} place
 * @param {any} found
 */
export function hrefOf(place, found) {
  const data = found.data ?? found;
  if (found.type?.endsWith("-diagram")) return place.href(`d/${data.handleId ?? found.id}`);
  if (found.type === "flow") return place.href(`d/${data.diagramId}`, { flow: data.handleId ?? found.id });
  if (found.type === "connection") return place.href("model", { connection: found.id });
  return place.href("model", { object: found.id });
}
