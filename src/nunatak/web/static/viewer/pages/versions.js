// The versions of a landscape along time; each opens as it was.
// @ts-check
import { root } from "../api.js";
import { h } from "../dom.js";
import { markdown } from "../markdown.js";
import { ago, counted, moment } from "../words.js";
import { heading } from "./parts.js";

/** @param {import("../main.js").Context} context */
export async function page({ place }) {
  const latest = (/** @type {Record<string, any>} */ one) => one.tags.includes("latest");
  const versions = (await place.versions()).sort((a, b) => Number(latest(b)) - Number(latest(a)) || b.createdAt.localeCompare(a.createdAt));
  const href = (/** @type {Record<string, any>} */ one) => `${root.pathname}${place.base}${latest(one) ? "" : `?v=${one.id}`}`;
  const body = h("div", { class: "column narrow" }, heading("Versions", counted(versions.length, "version")), h("ol", { class: "line" }, ...versions.map((one) => h("li", { "data-latest": latest(one) },
    h("a", { href: href(one) }, h("strong", null, one.name)), h("time", { datetime: one.createdAt }, latest(one) ? `Now · changed ${ago(one.updatedAt)}` : moment(one.createdAt)),
    one.notes && markdown(one.notes)))));
  return { title: "Versions", body, trail: [{ name: "Versions" }] };
}
