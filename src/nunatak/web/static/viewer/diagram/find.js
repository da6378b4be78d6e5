// Finds a thing on the diagram by its name.
// @ts-check
import { fill, h } from "../dom.js";
import { icon, typeIcon } from "../icons.js";

const MOST = 40;

/**
 * @param {() => {id: string, name: string, type: string}[]} things
 * @param {{chosen: (id: string) => void, found: (ids: string[]) => void, closed: () => void}} told
 */
export function finder(things, told) {
  const results = h("ul", { class: "results", role: "listbox", "aria-label": "Found on this diagram" });
  const input = h("input", { type: "search", placeholder: "Find on this diagram", "aria-label": "Find on this diagram", spellcheck: "false" });
  /** @type {{id: string, name: string, type: string}[]} */
  let found = [];
  let at = 0;
  const mark = () => [...results.children].forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
  const search = () => {
    const words = input.value.trim().toLowerCase();
    found = words ? things().filter((one) => one.name.toLowerCase().includes(words)) : [];
    at = 0;
    fill(results, ...found.slice(0, MOST).map((one) => h("li", { role: "option", onclick: () => told.chosen(one.id) },
      one.type === "connection" ? icon("connection", 16) : typeIcon(one.type), h("span", { class: "name" }, one.name))),
    words && !found.length && h("li", { class: "hint" }, "Nothing here is called that."));
    mark();
    told.found(found.map((one) => one.id));
  };
  input.addEventListener("input", search);
  const close = () => {
    told.found([]);
    told.closed();
  };
  const element = h("div", { class: "finder", role: "search", onkeydown: (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation();
    const last = Math.min(found.length, MOST) - 1;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") at = Math.min(last, at + 1);
    else if (event.key === "ArrowUp") at = Math.max(0, at - 1);
    else if (event.key === "Enter" && found[at]) told.chosen(found[at].id);
    else return;
    event.preventDefault();
    mark();
    results.children[at]?.scrollIntoView({ block: "nearest" });
  } }, h("div", { class: "field" }, icon("find", 16), input, h("button", { class: "plain", "aria-label": "Close find", onclick: close }, icon("close", 16))), results);
  return { element, focus: () => input.focus() };
}
