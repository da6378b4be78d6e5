// What stands round every page: the bar on top, the sections beside, and the place of the page itself.
// @ts-check
import { root } from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openSearch } from "./palette.js";
import { current, signOut } from "./session.js";
import { choose, chosen } from "./theme.js";
import { moment } from "./words.js";

/** @typedef {import("./place.js").Place} Place */

const SECTIONS = [
  ["", "Overview", "overview"],
  ["diagrams", "Diagrams", "diagrams"],
  ["flows", "Flows", "flows"],
  ["model", "Model", "model"],
  ["dependencies", "Dependencies", "dependencies"],
  ["tags", "Tags", "tags"],
  ["technologies", "Technologies", "technologies"],
  ["adrs", "Decisions", "adrs"],
  ["drafts", "Drafts", "drafts"],
  ["versions", "Versions", "versions"],
  ["activity", "Activity", "activity"],
];
const NOT_SHARED = new Set(["drafts", "versions", "activity"]);
const THEMES = /** @type {const} */ (["system", "light", "dark"]);

const crumbs = h("nav", { class: "crumbs", "aria-label": "Where you are" });
const tools = h("div", { class: "tools" });
const nav = h("nav", { class: "sections", id: "sections", "aria-label": "Sections" });
export const main = h("main", { class: "page", id: "page", tabindex: "-1" });
const menu = h("button", { class: "plain menu", "aria-label": "Sections", "aria-controls": "sections", "aria-expanded": "false", onclick: toggleMenu }, icon("menu"));
const bar = h("header", { class: "bar" }, menu, crumbs, tools);

/** Puts the shell on the page, once. */
export function raise() {
  const skip = h("a", { class: "skip", href: "#page", onclick: (/** @type {Event} */ event) => {
    event.preventDefault();
    main.focus();
  } }, "Skip to the page");
  fill(/** @type {Element} */ (document.getElementById("app")), skip, bar, h("div", { class: "below" }, nav, main));
  nav.addEventListener("click", () => toggleMenu(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") toggleMenu(false);
  });
}

/** @param {any} wanted */
function toggleMenu(wanted) {
  const open = typeof wanted === "boolean" ? wanted : !document.body.hasAttribute("data-menu");
  document.body.toggleAttribute("data-menu", open);
  menu.setAttribute("aria-expanded", String(open));
}

/**
 * Shows where one is.
 * @param {Place | null} place
 * @param {{section?: string, title: string, trail?: {name: string, href?: string}[], wide?: boolean}} about
 */
export async function frame(place, about) {
  document.body.toggleAttribute("data-wide", Boolean(about.wide));
  document.body.toggleAttribute("data-bare", place === null || place.locked);
  const land = place ? await place.landscape() : null;
  document.title = [about.title, land?.name, "nunatak"].filter((part, at, all) => part && all.indexOf(part) === at).join(" · ");
  showCrumbs(place, land, about.trail ?? []);
  fill(nav, place && !place.locked ? sections(place, about.section ?? "") : []);
  fill(tools, ...(place && !place.locked ? [searchButton(place), await versionSign(place)] : []), themeButton(), account(place));
}

/**
 * @param {Place | null} place
 * @param {Record<string, any> | null} land
 * @param {{name: string, href?: string}[]} trail
 */
function showCrumbs(place, land, trail) {
  const home = h("a", { class: "home", href: place?.guest ? place.href("") : root.pathname, "aria-label": "nunatak" },
    h("img", { src: new URL("static/icon.svg", root).href, width: 24, height: 24, alt: "" }));
  const parts = place && land ? [{ name: land.name, href: place.href("") }, ...trail] : trail;
  fill(crumbs, home, h("ol", null, ...parts.map((part, at) => {
    const last = at === parts.length - 1;
    return h("li", null, part.href && !last && !place?.locked ? h("a", { href: part.href }, part.name)
      : h("span", { "aria-current": last ? "page" : false }, part.name));
  })));
}

/**
 * @param {Place} place
 * @param {string} shown
 */
function sections(place, shown) {
  return SECTIONS.filter(([path]) => !place.guest || !NOT_SHARED.has(path)).map(([path, name, sign]) =>
    h("a", { href: place.href(path), "aria-current": path === shown ? "page" : false }, icon(sign), name));
}

/** @param {Place} place */
function searchButton(place) {
  return h("button", { class: "search", onclick: () => openSearch(place) }, icon("search", 16),
    h("span", null, "Search"), h("kbd", null, "Ctrl K"));
}

/** @param {Place} place */
async function versionSign(place) {
  if (place.draftId && !place.guest) {
    const draft = (await place.list("drafts")).find((one) => one.id === place.draftId);
    return h("a", { class: "sign", href: place.href("", { draft: null }), title: draft?.name ?? "", "aria-label": `Draft ${draft?.name ?? ""}: leave it` }, h("span", null, draft?.name ?? "Draft"), icon("close", 14));
  }
  if (place.versionId === "latest" || place.guest) return null;
  const found = (await place.versions()).find((version) => version.id === place.versionId);
  return h("a", { class: "sign", href: `${root.pathname}${place.base}`, title: found ? moment(found.createdAt) : "", "aria-label": `Version ${found?.name ?? ""}: leave it` }, h("span", null, found ? found.name : "Older version"),
    icon("close", 14));
}

function themeButton() {
  const theme = chosen();
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  const button = h("button", { class: "plain", title: `Theme: ${theme}`, "aria-label": `Theme: ${theme}. Change to ${next}`, onclick: () => {
    choose(next);
    button.replaceWith(themeButton());
  } }, icon(theme));
  return button;
}

/** @param {Place | null} place */
function account(place) {
  const session = current();
  if (!session.signedIn || place?.guest) return null;
  return h("button", { class: "plain", title: `Signed in as ${session.name}`, "aria-label": "Sign out", onclick: async () => {
    await signOut();
    location.assign(root);
  } }, icon("out"));
}
