// People's Markdown, made harmless: no scripts, styles, frames or pictures from elsewhere.
// @ts-check
import { Marked } from "../vendor/marked/marked.esm.js";
import DOMPurify from "../vendor/dompurify/purify.es.js";
import { h } from "./dom.js";

const TAGS = [
  "a", "b", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol", "p",
  "pre", "s", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
];

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
// HTML within Markdown is shown as it was written; a picture becomes the link to it.
const marked = new Marked({ gfm: true, breaks: true, async: false, renderer: {
  html: (/** @type {{text: string}} */ token) => escaped(token.text),
  image: (/** @type {{href: string, text: string}} */ token) => `<a href="${escaped(token.href)}">${escaped(token.text || token.href)}</a>`,
} });

/**
 * @param {string} text
 * @returns {HTMLElement}
 */
export function markdown(text) {
  const found = /** @type {any} */ (DOMPurify).sanitize(/** @type {string} */ (marked.parse(text)), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ["href", "title", "start"],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#)/i,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of found.querySelectorAll("a[href]")) {
    link.setAttribute("rel", "noopener noreferrer nofollow");
    link.setAttribute("target", "_blank");
  }
  return h("div", { class: "prose" }, found);
}

/**
 * A link that people wrote, where it leads to a page; only its words otherwise.
 * @param {string | undefined} url
 * @param {string} words
 */
export function outward(url, words) {
  if (!url || !/^https?:/i.test(url)) return h("span", null, words);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words);
}
