// Which page an address shows: links are followed without loading the document again.
// @ts-check
import { root } from "./api.js";

/**
 * The path below the server's root, and what is asked of it.
 * @returns {{path: string, query: URLSearchParams}}
 */
export function here() {
  const path = decodeURI(location.pathname.slice(root.pathname.length)).replace(/\/+$/, "");
  return { path, query: new URLSearchParams(location.search) };
}

/**
 * Goes to a page of ours.
 * @param {string} href relative to the server's root
 * @param {{replace?: boolean}} [options]
 */
export function go(href, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", new URL(href, root));
  dispatchEvent(new Event("navigate"));
}

/**
 * Writes the address of what is shown, without showing anything else.
 * @param {URLSearchParams} query
 */
export function note(query) {
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : ""));
}

/**
 * Calls back for each new address, and follows links below the root.
 * @param {() => void} show
 */
export function listen(show) {
  addEventListener("popstate", show);
  addEventListener("navigate", show);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !ours(url)) return;
    event.preventDefault();
    go(url.href);
  });
}

/** @param {URL} url */
function ours(url) {
  const rest = url.pathname.slice(root.pathname.length);
  return url.pathname.startsWith(root.pathname) && (rest === "" || /^[lso]\//.test(rest));
}
