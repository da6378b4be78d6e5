// Tags by group, with how often each is worn.
// @ts-check
import { h } from "../dom.js";
import { byIndex, counted } from "../words.js";
import { block, chip, empty, heading } from "./parts.js";

/** @param {import("../main.js").Context} context */
export async function page({ place }) {
  const [groups, tags] = await Promise.all([place.list("tagGroups"), place.list("tags")]);
  const row = (/** @type {Record<string, any>} */ tag) => {
    const count = tag.modelObjectIds.length + tag.modelConnectionIds.length;
    return h("li", null, h("a", { class: "thing", href: place.href("model", { tag: tag.id, look: "table" }) }, chip(tag.name, tag.color), h("span", { class: "kind" }, count ? counted(count, "use") : "not used")));
  };
  const body = h("div", { class: "column" }, heading("Tags", counted(tags.length, "tag")),
    groups.length ? h("div", { class: "columns" }, ...groups.sort(byIndex).map((group) =>
      block(group.name, h("ul", { class: "things" }, ...tags.filter((tag) => tag.groupId === group.id).sort(byIndex).map(row))))) : empty("No tags yet."));
  return { title: "Tags", body, trail: [{ name: "Tags" }] };
}
