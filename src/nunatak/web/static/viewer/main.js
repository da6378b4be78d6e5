// The viewer: finds the page of an address, and shows it.
// @ts-check
import { Refused, root } from "./api.js";
import { fill, h, say } from "./dom.js";
import { Place } from "./place.js";
import { searchIn } from "./palette.js";
import { go, here, listen } from "./router.js";
import { current, enter, look } from "./session.js";
import { frame, main, raise } from "./shell.js";

/**
 * What a page is given and what it gives back. `update` takes a new query of the same page and tells whether that was
 * enough; `leave` is called before another page comes.
 * @typedef {{place: Place, args: string[], query: URLSearchParams}} Context
 * @typedef {{title: string, body: Node, section?: string, wide?: boolean, trail?: {name: string, href?: string}[],
 *   update?: (query: URLSearchParams) => boolean | Promise<boolean>, leave?: () => void}} Page
 */

/** @type {Record<string, () => Promise<{page: (context: Context) => Promise<Page>}>>} */
const PAGES = {
  "": () => import("./pages/overview.js"),
  diagrams: () => import("./pages/diagrams.js"),
  flows: () => import("./pages/flows.js"),
  model: () => import("./pages/model.js"),
  dependencies: () => import("./pages/dependencies.js"),
  tags: () => import("./pages/tags.js"),
  technologies: () => import("./pages/technologies.js"),
  adrs: () => import("./pages/adrs.js"),
  drafts: () => import("./pages/drafts.js"),
  versions: () => import("./pages/versions.js"),
  activity: () => import("./pages/activity.js"),
  d: () => import("./diagram/page.js"),
};

/** @type {{key: string, page: Page | null, place: Place | null, placeKey: string, round: number}} */
const shown = { key: "", page: null, place: null, placeKey: "", round: 0 };

async function show() {
  const { path, query } = here();
  const [kind, id, section = "", ...rest] = path.split("/");
  const round = ++shown.round;
  const key = `${path}|${query.get("v")}|${query.get("draft")}`;
  if (key === shown.key && (await shown.page?.update?.(query))) return;
  try {
    const page = kind === "l" || kind === "s" ? await inside(kind, id, section, rest, query) : kind === "o" ? await drawings(id, section, rest, query) : await outside(path);
    if (round !== shown.round || page === null) return;
    shown.page?.leave?.();
    Object.assign(shown, { key, page });
    await frame(shown.place, { ...page, section: page.section ?? section });
    fill(main, page.body);
    main.scrollTop = 0;
    if (document.activeElement === document.body) main.focus({ preventScroll: true });
    say(page.title);
    dispatchEvent(new Event("pageshown"));
  } catch (error) {
    if (round === shown.round) await fail(error);
  }
}

/** Leaves the landscape. */
function alone() {
  shown.place = null;
  shown.placeKey = "";
  searchIn(null);
}

/**
 * The drawings of an organization, or one of them.
 * @param {string} id
 * @param {string} section
 * @param {string[]} args
 * @param {URLSearchParams} query
 */
async function drawings(id, section, args, query) {
  alone();
  if (section !== "drawings") throw new Refused("There is no such page", 404);
  if (!current().signedIn) return asked("o", id);
  if (args[0]) return (await import("./drawings/page.js")).page(id, args[0], query);
  return (await import("./drawings/list.js")).page(id);
}

/** @param {string} path */
async function outside(path) {
  alone();
  if (path !== "") throw new Refused("There is no such page", 404);
  const { page, signInPage } = await import("./pages/home.js");
  return current().signedIn ? page() : signInPage(show);
}

/**
 * A page of a landscape's version.
 * @param {string} kind
 * @param {string} id
 * @param {string} section
 * @param {string[]} args
 * @param {URLSearchParams} query
 * @returns {Promise<Page | null>}
 */
async function inside(kind, id, section, args, query) {
  const placeKey = `${kind}/${id}|${query.get("v")}|${query.get("draft")}`;
  if (placeKey !== shown.placeKey) {
    shown.place = kind === "s" ? await shared(id) : await own(id, query);
    if (!shown.place) return asked(kind, id);
    shown.placeKey = placeKey;
  }
  const place = /** @type {Place} */ (shown.place);
  if (place.view && (!section || (place.locked && !(section === "d" && args[0] === place.view.diagramId)))) {
    const extra = query.has("embed") ? "&embed" : "";
    go(place.frozen + (place.frozen.includes("?") ? extra : extra.replace("&", "?")), { replace: true });
    return null;
  }
  searchIn(place.locked ? null : place);
  if (!(section in PAGES)) throw new Refused("There is no such page", 404);
  const { page } = await PAGES[section]();
  return page({ place, args, query });
}

/**
 * @param {string} id
 * @param {URLSearchParams} query
 */
async function own(id, query) {
  if (!current().signedIn) return null;
  return new Place({ landscapeId: id, versionId: query.get("v") ?? "latest", draftId: query.get("draft"), base: `l/${id}`, guest: false });
}

/** @param {string} shortId */
async function shared(shortId) {
  const found = await enter(shortId);
  return found.token ? new Place({ ...found, base: `s/${shortId}`, guest: true }) : null;
}

/**
 * The page that asks for what is needed first: a key or a password.
 * @param {string} kind
 * @param {string} id
 */
async function asked(kind, id) {
  shown.placeKey = "";
  const { passwordPage, signInPage } = await import("./pages/home.js");
  return kind === "s" ? passwordPage(id, show) : signInPage(show);
}

/** @param {unknown} error */
async function fail(error) {
  const refusal = error instanceof Refused ? error : null;
  if (!refusal) console.error(error);
  shown.key = "";
  shown.page = null;
  const words = refusal ? refusal.message : "Something went wrong in this page.";
  const body = h("div", { class: "empty" }, h("h1", null, refusal?.status === 404 ? "Not found" : "That did not work"), h("p", null, words),
    h("p", null, refusal?.status === 404 ? h("a", { class: "button", href: shown.place?.href("") ?? root.pathname }, shown.place ? "To the overview" : "To the landscapes") : h("button", { onclick: show }, "Try again")));
  fill(main, body);
  try {
    await frame(shown.place, { title: words, section: "none" });
  } catch {
    await frame(null, { title: words });
  }
}

raise();
listen(show);
look().then(show, fail);
