// What several pages are made of: headings, cards of diagrams, chips, rows of objects, empty places.
// @ts-check
import { h } from "../dom.js";
import { icon, typeIcon } from "../icons.js";
import { shown } from "../theme.js";
import { counted, typeName } from "../words.js";

/** @typedef {import("../place.js").Place} Place */

/**
 * @param {string} title
 * @param {import("../dom.js").Child} [note]
 * @param {...import("../dom.js").Child} tools
 */
export const heading = (title, note, ...tools) =>
  h("header", { class: "heading" }, h("div", null, h("h1", null, title), note && h("p", { class: "note" }, note)), h("div", { class: "row" }, ...tools));

/**
 * @param {string} title
 * @param {...import("../dom.js").Child} children
 */
export const block = (title, ...children) => h("section", { class: "block" }, h("h2", null, title), ...children);

/**
 * @param {string} words
 * @param {...import("../dom.js").Child} more
 */
export const empty = (words, ...more) => h("div", { class: "empty" }, h("p", null, words), ...more);

/**
 * A coloured word.
 * @param {string} name
 * @param {string} color
 */
export const chip = (name, color) => h("span", { class: "chip", "data-color": color }, h("i", null), name);

/**
 * A technology with its icon.
 * @param {Record<string, any>} word
 */
export function technology(word) {
  return h("span", { class: "chip" }, technologyIcon(word), word.name);
}

/** @param {Record<string, any>} word */
export function technologyIcon(word, size = 16) {
  if (!word.iconLight && !word.iconDark) return null;
  const of = (/** @type {string} */ src, /** @type {string} */ theme) =>
    h("img", { src, width: size, height: size, alt: "", loading: "lazy", class: `only-${theme}` });
  return h("span", { class: "tech-icon" }, of(word.iconLight || word.iconDark, "light"), of(word.iconDark || word.iconLight, "dark"));
}

/**
 * Cards of diagrams, with what they look like.
 * @param {Place} place
 * @param {Record<string, any>[]} diagrams
 */
export function cards(place, diagrams) {
  const list = h("ul", { class: "cards" }, ...diagrams.map((one) => card(place.href(`d/${one.handleId}`), one.name, facts(one), one.id, one.pinned)));
  illustrate(list, () => place.thumbnails(), (id) => place.text(`diagrams/${id}/image.svg`, { theme: "dark" }));
  return list;
}

/**
 * Fills the cards' pictures: small ones of the server, or in the dark theme, which those don't have, drawn ones, each
 * when its card comes into sight.
 * @param {Element} list
 * @param {() => Promise<Record<string, Record<string, any>>>} thumbnails
 * @param {(id: string) => Promise<string>} drawn
 */
export function illustrate(list, thumbnails, drawn) {
  const again = () => (list.isConnected ? show(list, thumbnails, drawn) : removeEventListener("themechange", again));
  addEventListener("themechange", again);
  show(list, thumbnails, drawn);
}

/**
 * The pictures in the theme that is shown now.
 * @param {Element} list
 * @param {() => Promise<Record<string, Record<string, any>>>} thumbnails
 * @param {(id: string) => Promise<string>} drawn
 */
function show(list, thumbnails, drawn) {
  const images = /** @type {HTMLImageElement[]} */ ([...list.querySelectorAll("img[data-id]")]);
  images.forEach((one) => one.removeAttribute("src"));
  if (shown() === "light") {
    thumbnails().then((found) => images.forEach((one) => found[one.dataset.id ?? ""] && one.setAttribute("src", found[one.dataset.id ?? ""].url)), () => undefined);
    return;
  }
  const seen = new IntersectionObserver((entries) => entries.filter((one) => one.isIntersecting).forEach(async (one) => {
    seen.unobserve(one.target);
    const image = /** @type {HTMLImageElement} */ (one.target);
    const text = await drawn(image.dataset.id ?? "").catch(() => "");
    if (!text) return;
    image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    image.onload = () => URL.revokeObjectURL(image.src);
  }));
  images.forEach((one) => seen.observe(one));
}

/**
 * @param {string} href
 * @param {string} name
 * @param {string} note
 * @param {string} id
 * @param {boolean} [pinned]
 */
export function card(href, name, note, id, pinned = false) {
  return h("li", null, h("a", { href, class: "card" },
    h("span", { class: "picture" }, h("img", { "data-id": id, alt: "", loading: "lazy", decoding: "async" })),
    h("span", { class: "words" }, h("strong", null, name || "Without a name", pinned && icon("pin", 14)), h("small", null, note))));
}

/** @param {Record<string, any>} diagram */
export function facts(diagram) {
  const count = (diagram.objectCount?.box ?? 0) + (diagram.objectCount?.area ?? 0);
  return `${typeName(diagram.type)} · ${counted(count, "object")}`;
}

/**
 * A model object in a row.
 * @param {Place} place
 * @param {Record<string, any>} object
 * @param {string} [note]
 */
export function objectLink(place, object, note) {
  return h("a", { class: "thing", href: place.href("model", { object: object.handleId ?? object.id }) }, typeIcon(object.type),
    h("span", { class: "name" }, object.name), h("span", { class: "kind" }, note ?? (object.external ? `External ${typeName(object.type).toLowerCase()}` : typeName(object.type))));
}

/**
 * One after the other, none of them large: what a page waits for stands there when it comes.
 * @param {Promise<Node>} coming
 */
export function later(coming) {
  const holder = h("div", { class: "later", "aria-busy": "true" });
  coming.then((node) => holder.replaceWith(node), (error) => holder.replaceWith(h("p", { class: "note" }, error.message)));
  return holder;
}
