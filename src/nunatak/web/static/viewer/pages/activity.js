// Who changed what, latest first.
// @ts-check
import { json, query } from "../api.js";
import { fill, h } from "../dom.js";
import { capital, day, moment } from "../words.js";
import { empty, heading } from "./parts.js";

/** @typedef {Record<string, any>} Entity */

/** @param {import("../main.js").Context} context */
export async function page({ place }) {
  const list = h("div", { class: "days" });
  const more = h("button", { onclick: () => load() }, "Earlier");
  let cursor = "";
  let last = "";
  const load = async () => {
    const found = await json(`v1/landscapes/${place.landscapeId}/action-logs${query({ limit: 100, cursor })}`);
    cursor = found.nextCursor ?? "";
    more.hidden = !cursor;
    for (const one of found.actionLogs) {
      if (day(one.performedAt) !== last) {
        last = day(one.performedAt);
        list.append(h("h2", null, last), h("ul", { class: "log" }));
      }
      list.lastElementChild?.append(line(one));
    }
    if (!list.childElementCount) fill(list, empty("Nothing has happened yet."));
  };
  await load();
  const body = h("div", { class: "column narrow" }, heading("Activity", "What was changed, latest first"), list, more);
  return { title: "Activity", body, trail: [{ name: "Activity" }] };
}

/** @type {Record<string, string>} */
const DONE = { create: "created", update: "changed", delete: "deleted", export: "exported", import: "imported", merge: "merged", revert: "reverted", duplicate: "duplicated", copy: "copied" };

/**
 * What was done, as one says it: `share-link-create` is "Share link created".
 * @param {string} type
 */
const said = (type) => capital(type.split("-").map((word, at, all) => (at === all.length - 1 ? (DONE[word] ?? word) : word)).join(" "));

/** @param {Entity} entry */
function line(entry) {
  const { type, context = {}, props = {} } = entry.action;
  const name = props.name ?? context.name ?? context.diagramName ?? "";
  return h("li", null, h("time", { datetime: entry.performedAt, title: moment(entry.performedAt) }, new Date(entry.performedAt).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" })),
    h("span", null, said(type), typeof name === "string" && name && h("strong", null, ` ${name}`)), h("span", { class: "kind" }, entry.performedByName ?? entry.performedBy));
}
