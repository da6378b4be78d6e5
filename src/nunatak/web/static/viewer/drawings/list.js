// The drawings of an organization: what is there, and the place where more are dropped.
// @ts-check
import { Refused, json, root } from "../api.js";
import { fill, h, say, toast } from "../dom.js";
import { icon } from "../icons.js";
import { current } from "../session.js";
import { empty, heading } from "../pages/parts.js";
import { ago, counted } from "../words.js";
import { Project } from "./project.js";

/** @typedef {Record<string, any>} Entity */

const TAKEN = ".pdf,.tif,.tiff,.png,.jpg,.jpeg";

/**
 * @param {string} organizationId
 * @returns {Promise<import("../main.js").Page>}
 */
export async function page(organizationId) {
  const project = new Project(organizationId);
  const [files, { organization }] = await Promise.all([project.files(), json(`v1/organizations/${organizationId}`)]);
  const rows = h("ul", { class: "rows" });
  const none = empty("");
  const note = h("span");
  const working = h("ul", { class: "rows working", "aria-live": "polite" });
  const show = (words = "") => {
    const wanted = files.filter((one) => one.name.toLowerCase().includes(words.trim().toLowerCase()));
    fill(rows, ...wanted.map((one) => row(project, one)));
    none.hidden = wanted.length > 0;
    fill(none, h("p", null, files.length ? "No drawing is called that." : "No drawing yet."));
    note.textContent = `${organization.name} · ${counted(files.length, "file")}`;
  };
  const filter = h("input", { type: "search", placeholder: "Filter by name", "aria-label": "Filter drawings by name", oninput: () => show(filter.value) });
  const take = async (/** @type {File[]} */ some) => {
    for (const file of some) {
      const made = await add(project, file, working);
      if (made) files.unshift(made);
      show(filter.value);
    }
  };
  show();
  const mayWrite = ["write", "admin"].includes(current().permissions?.[organizationId] ?? "");
  const body = h("div", { class: "column" }, heading("Drawings", note, filter), mayWrite && place(take), working, rows, none);
  return { title: "Drawings", body, trail: [{ name: organization.name, href: root.pathname }, { name: "Drawings" }] };
}

/**
 * Where files are dropped, or chosen.
 * @param {(files: File[]) => void} take
 */
function place(take) {
  const input = h("input", { type: "file", multiple: true, accept: TAKEN, class: "unseen", id: "files", onchange: () => {
    take([...input.files]);
    input.value = "";
  } });
  const over = (/** @type {boolean} */ on) => (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    zone.toggleAttribute("data-over", on);
  };
  const zone = h("div", { class: "drop", ondragover: over(true), ondragleave: over(false), ondrop: (/** @type {DragEvent} */ event) => {
    over(false)(event);
    take([...(event.dataTransfer?.files ?? [])]);
  } }, icon("share", 24), h("p", null, "Drop drawings here: PDF, TIFF, PNG or JPEG"), h("label", { class: "button", for: "files" }, "Choose files"), input);
  return zone;
}

/**
 * Sends a file and has its pages read, saying how far that is.
 * @param {Project} project
 * @param {File} file
 * @param {Element} working
 * @returns {Promise<Entity | null>}
 */
async function add(project, file, working) {
  const bar = h("progress", { max: 1, value: 0, "aria-label": `Upload of ${file.name}` });
  const words = h("span", { class: "note" }, "Sending");
  const item = h("li", null, h("div", null, h("strong", null, file.name), words, bar));
  working.append(item);
  try {
    const made = await project.upload(file, (share) => {
      bar.value = share;
    });
    words.textContent = "Reading its pages";
    bar.removeAttribute("value");
    const [found] = (await project.post("files/byids", { items: [{ id: made.id }] })).items;
    const pages = await project.pages(found, (status) => {
      words.textContent = status === "Queued" ? "Waiting for its turn" : "Reading its pages";
    });
    item.remove();
    say(`${file.name}: ${counted(pages.length, "page")}`);
    return found;
  } catch (error) {
    bar.remove();
    words.textContent = error instanceof Refused ? error.message : "That did not work";
    toast(`${file.name}: ${words.textContent}`);
    return null;
  }
}

/**
 * @param {Project} project
 * @param {Entity} file
 */
function row(project, file) {
  const sort = (file.mimeType ?? "").split("/").pop()?.toUpperCase() ?? "";
  return h("li", null, h("a", { href: project.href(String(file.id)) }, icon("drawings"), h("strong", null, file.name), h("span", { class: "kind" }, file.uploaded ? sort : "No content yet"),
    h("time", { datetime: new Date(file.lastUpdatedTime).toISOString() }, ago(new Date(file.lastUpdatedTime).toISOString()))));
}
