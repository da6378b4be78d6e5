// Asks which tags are looked for on a drawing: a list of words, or the objects of a landscape by their names.
// @ts-check
import { json } from "../api.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { objects } from "./model.js";

/** @typedef {Record<string, any>} Entity */
/** @typedef {import("./project.js").Project} Project */

/**
 * @param {Project} project
 * @param {(entities: Entity[], status: Element) => Promise<void>} find
 */
export async function ask(project, find) {
  const words = h("textarea", { rows: 8, placeholder: "P-101\nFT-2001", spellcheck: "false" });
  const pick = h("select", null, h("option", { value: "" }, "None"));
  const status = h("p", { class: "note", role: "status" });
  const start = h("button", { class: "main", onclick: async () => {
    start.disabled = true;
    const known = pick.value ? await objects(pick.value) : [];
    const names = new Set(known.map((one) => one.name));
    await find([...known, ...written(words.value).filter((one) => !names.has(one.name))], status);
    dialog.close();
  } }, "Find them");
  const dialog = h("dialog", { class: "sheet-dialog", "aria-label": "Find tags", onclose: () => dialog.remove() },
    h("button", { class: "plain close", "aria-label": "Close", onclick: () => dialog.close() }, icon("close")), h("h2", null, "Find tags"),
    h("div", { class: "sharing" }, field("Tags, one a line. Names of other drawings are looked for, too.", words),
      field("Objects of a landscape, by their names", pick), status, start));
  document.body.append(dialog);
  dialog.showModal();
  const { landscapes } = await json(`v1/organizations/${project.organizationId}/landscapes`).catch(() => ({ landscapes: [] }));
  pick.append(...landscapes.map((/** @type {Entity} */ one) => h("option", { value: one.id }, one.name)));
}

/**
 * @param {string} name
 * @param {Element} input
 */
const field = (name, input) => h("label", { class: "copied" }, h("span", null, name), input);

/**
 * Tags as they were written, each once.
 * @param {string} text
 * @returns {Entity[]}
 */
function written(text) {
  const names = new Set(text.split(/[\n,;]/).map((one) => one.trim()).filter(Boolean));
  return [...names].map((name) => ({ name, resourceType: "asset", externalId: name }));
}
