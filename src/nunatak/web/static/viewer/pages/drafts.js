// Drafts, and a look at the landscape as each would leave it.
// @ts-check
import { h } from "../dom.js";
import { ago, capital, counted } from "../words.js";
import { chip, empty, heading } from "./parts.js";

/** @type {Record<string, string>} */
const COLORS = { "in-progress": "blue", merged: "green", archived: "grey" };

/** @param {import("../main.js").Context} context */
export async function page({ place }) {
  const drafts = (await place.list("drafts")).sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  const body = h("div", { class: "column" }, heading("Drafts", counted(drafts.length, "draft")),
    drafts.length ? h("ul", { class: "rows" }, ...drafts.map((one) => h("li", null, h("a", { href: place.href("diagrams", { draft: one.id }) },
      h("strong", null, one.name), chip(capital(one.status.replace("-", " ")), COLORS[one.status] ?? "grey"), h("time", { datetime: one.updatedAt }, ago(one.updatedAt))))))
      : empty("No draft. A draft is a set of changes that can be looked at before it is merged."));
  return { title: "Drafts", body, trail: [{ name: "Drafts" }] };
}
