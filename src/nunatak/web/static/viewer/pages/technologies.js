// The technologies that the model names, and what they are used for.
// @ts-check
import { h } from "../dom.js";
import { counted } from "../words.js";
import { empty, heading, technologyIcon } from "./parts.js";

/** @param {import("../main.js").Context} context */
export async function page({ place }) {
  const [words, objects, connections] = await Promise.all([place.words(), place.list("objects"), place.list("connections")]);
  const uses = new Map();
  for (const one of [...objects, ...connections]) for (const id of one.technologyIds) uses.set(id, (uses.get(id) ?? 0) + 1);
  const found = words.technologies.filter((one) => uses.has(one.id)).sort((a, b) => uses.get(b.id) - uses.get(a.id));
  const body = h("div", { class: "column" }, heading("Technologies", counted(found.length, "technology", "technologies")),
    found.length ? h("ul", { class: "grid" }, ...found.map((one) => h("li", null, h("a", { class: "panel tile", href: place.href("model", { technology: one.id, look: "table" }) },
      technologyIcon(one, 28) ?? h("span", { class: "dot", "data-color": one.color }), h("strong", null, one.name), h("small", null, counted(uses.get(one.id), "use"))))))
      : empty("No technology is named yet."));
  return { title: "Technologies", body, trail: [{ name: "Technologies" }] };
}
