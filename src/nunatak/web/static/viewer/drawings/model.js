// Between a drawing and the model: objects as what is looked for, and the drawing among an object's links.
// @ts-check
import { Refused, json, root } from "../api.js";
import { Place } from "../place.js";

/** @typedef {Record<string, any>} Entity */
/** @typedef {import("./project.js").Hit} Hit */
/** @typedef {import("./project.js").Project} Project */

/** @param {string} landscapeId */
const latest = (landscapeId) => new Place({ landscapeId, versionId: "latest", base: `l/${landscapeId}`, guest: false });

/**
 * The objects of a landscape, as a job looks for them.
 * @param {string} landscapeId
 * @returns {Promise<Entity[]>}
 */
export async function objects(landscapeId) {
  const found = await latest(landscapeId).list("objects");
  return found.filter((one) => one.name && one.type !== "root" && one.type !== "group")
    .map((one) => ({ name: one.name, resourceType: "asset", externalId: one.name, modelObjectId: one.id, landscapeId }));
}

/**
 * The page of the object that a hit stands for; empty where it stands for none.
 * @param {Hit} one
 */
export function objectPage(one) {
  const { modelRef } = one.data;
  return modelRef ? latest(modelRef.landscapeId).href("model", { object: modelRef.id }) : "";
}

/**
 * Makes an object's link to a drawing what the review says: it is there while one of the object's hits is approved.
 * @param {Project} project
 * @param {Entity} file
 * @param {Hit} reviewed
 * @param {Hit[]} hits all of the drawing
 */
export async function link(project, file, reviewed, hits) {
  const { modelRef } = reviewed.data;
  if (!modelRef) return;
  const approved = hits.filter((one) => one.status === "approved" && one.data.modelRef?.id === modelRef.id);
  const id = `drawing-${file.id}`;
  const pages = [...new Set(approved.map((one) => one.page))].sort((a, b) => a - b);
  const url = new URL(`${project.href(String(file.id))}?hit=${approved[0]?.id}`, root).href;
  const told = { url, customName: `${file.name}, ${pages.length === 1 ? "page" : "pages"} ${pages.join(", ")}` };
  try {
    await json(`${latest(modelRef.landscapeId).api}/model/objects/${modelRef.id}`, { method: "PATCH", json: { links: approved.length ? { $add: { [id]: told } } : { $remove: [id] } } });
  } catch (error) {
    // Who may not write there reviews all the same, and an object may be gone.
    if (!(error instanceof Refused && [403, 404].includes(error.status))) throw error;
  }
}
