// Builds elements: the only way markup is made here, so text is always text.
// @ts-check

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * An element with properties and children. `on…` are listeners, `class`, `data-…`, `aria-…` and the like attributes;
 * a false or missing value leaves an attribute out.
 * @param {string} tag
 * @param {Record<string, any> | null} [props]
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") /** @type {any} */ (element)[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...kept(children.flat()));
  return element;
}

/**
 * Empties an element and fills it.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
  element.replaceChildren(...kept(children.flat()));
}

/**
 * @param {Child[]} children
 * @returns {(Node | string)[]}
 */
function kept(children) {
  return children
    .filter((child) => child !== null && child !== undefined && child !== false && child !== "")
    .map((child) => (typeof child === "number" ? String(child) : /** @type {Node | string} */ (child)));
}

/**
 * Tells readers that can't see.
 * @param {string} words
 */
export function say(words) {
  const place = document.getElementById("said");
  if (place) place.textContent = words;
}

/**
 * A small word that stays for a moment.
 * @param {string} words
 */
export function toast(words) {
  say(words);
  const element = h("div", { class: "toast" }, words);
  document.body.append(element);
  setTimeout(() => element.remove(), 2600);
}
