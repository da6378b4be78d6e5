// Saves what is shown as a file, drawn by the server with the same options.
// @ts-check
import { json, request } from "../api.js";
import { h, toast } from "../dom.js";

/** @typedef {import("../place.js").Place} Place */

const PATIENCE = 60_000;
const FORMATS = [["svg", "SVG"], ["png", "PNG"], ["pdf", "PDF"]];

/**
 * @param {Place} place
 * @param {Record<string, any>} diagram
 * @param {() => Record<string, any>} options
 * @returns {HTMLElement[]}
 */
export function formats(place, diagram, options) {
  return FORMATS.map(([format, name]) => h("button", { onclick: async (/** @type {any} */ event) => {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      await save(place, diagram, format, options());
    } catch (error) {
      toast(error instanceof Error ? error.message : "That did not work");
    }
    button.disabled = false;
  } }, name));
}

/**
 * @param {Place} place
 * @param {Record<string, any>} diagram
 * @param {string} format
 * @param {Record<string, any>} options
 */
async function save(place, diagram, format, options) {
  const given = Object.fromEntries(Object.entries({ ...options, draftId: place.draftId }).filter(([, value]) => value && !(Array.isArray(value) && !value.length)));
  const path = `${place.api}/diagrams/${diagram.id}/export/image`;
  let record = (await json(path, { method: "POST", json: { ...given, ...(format === "pdf" ? { format } : {}) } })).diagramExportImage;
  const end = Date.now() + PATIENCE;
  while (!record.completedAt && Date.now() < end) {
    await new Promise((done) => setTimeout(done, 150));
    record = (await json(`${path}/${record.id}`)).diagramExportImage;
  }
  if (record.error || !record.completedAt) throw new Error(record.error ?? "The picture takes too long");
  const blob = await (await request(record.fileUrls[format].replace(/^.*?\/files\//, "files/"))).blob();
  const link = h("a", { href: URL.createObjectURL(blob), download: `${diagram.name.replace(/[^\p{L}\p{N} _-]+/gu, "").trim() || "diagram"}.${format}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
