// People's Markdown, made harmless: no scripts, styles, frames or pictures from elsewhere.
// @ts-check
import { marked } from "../vendor/marked/marked.esm.js";
import DOMPurify from "../vendor/dompurify/purify.es.js";
import { h } from "./dom.js";

const TAGS = [
  "a", "b", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol", "p",
  "pre", "s", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
];

/**
 * @param {string} text
 * @returns {HTMLElement}
 */
export function markdown(text) {
  const made = marked.parse(text, { async: false, gfm: true, breaks: true });
  const found = DOMPurify.sanitize(made, {
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
