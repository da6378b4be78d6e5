// An organization's drawings as the API has them: files, jobs over them, what is said of places on them.
// @ts-check
import { Refused, json, request, root } from "../api.js";

/** @typedef {Record<string, any>} Entity */
/** @typedef {{id: number, text: string, page: number, status: string, left: number, top: number, width: number, height: number, kind: string, data: Entity}} Hit
 *   a place on a page in 0..1 of its size, and what it is said to mean */

const APP = { creatingApp: "nunatak", creatingAppVersion: "1.0.0", creatingUser: null };
const PATIENCE = 10 * 60_000;

export class Project {
  /** @param {string} organizationId */
  constructor(organizationId) {
    this.organizationId = organizationId;
    this.api = `api/v1/projects/${organizationId}`;
  }

  /**
   * @param {string} path
   * @param {any} body
   * @returns {Promise<any>}
   */
  post(path, body) {
    return json(`${this.api}/${path}`, { method: "POST", json: body });
  }

  /** A page's address. */
  href(path = "") {
    return `${root.pathname}o/${this.organizationId}/drawings${path ? `/${path}` : ""}`;
  }

  /** @returns {Promise<Entity[]>} all files, latest first */
  async files() {
    const found = await this.all("files/list", {});
    return found.sort((a, b) => b.lastUpdatedTime - a.lastUpdatedTime);
  }

  /**
   * @param {string} path
   * @param {Entity} asked
   * @returns {Promise<Entity[]>}
   */
  async all(path, asked) {
    const found = [];
    let cursor = null;
    do {
      const answer = await this.post(path, { ...asked, limit: 1000, ...(cursor ? { cursor } : {}) });
      found.push(...answer.items);
      cursor = answer.nextCursor;
    } while (cursor);
    return found;
  }

  /**
   * Sends a file; tells how far it is, in 0..1.
   * @param {File} file
   * @param {(share: number) => void} far
   * @returns {Promise<Entity>}
   */
  async upload(file, far) {
    const made = await this.post("files", { name: file.name, ...(file.type ? { mimeType: file.type } : {}) });
    const url = new URL(made.uploadUrl);
    await new Promise((done, failed) => {
      const sent = new XMLHttpRequest();
      sent.open("PUT", new URL(`files/${url.pathname.replace(/^.*?\/files\//, "")}${url.search}`, root));
      sent.setRequestHeader("Content-Type", file.type || "application/octet-stream");
      sent.upload.onprogress = (event) => far(event.total ? event.loaded / event.total : 0);
      sent.onload = () => (sent.status < 300 ? done(null) : failed(new Refused(`The upload was refused (${sent.status})`, sent.status)));
      sent.onerror = () => failed(new Refused("The server can't be reached", 0));
      sent.send(file);
    });
    return made;
  }

  /**
   * A job's last answer; tells each word on the way.
   * @param {"convert" | "detect"} sort
   * @param {Entity} asked
   * @param {(status: string) => void} [told]
   * @returns {Promise<Entity>}
   */
  async job(sort, asked, told) {
    let job = await this.post(`context/diagram/${sort}`, asked);
    const end = Date.now() + PATIENCE;
    while (!["Completed", "Failed"].includes(job.status) && Date.now() < end) {
      told?.(job.status);
      job = await json(`${this.api}/context/diagram/${sort}/${job.jobId}`);
    }
    if (job.status !== "Completed") throw new Refused(job.errorMessage || job.items?.[0]?.errorMessage || "The job takes too long", 500);
    return job;
  }

  /**
   * The drawn pages of a file: those of an earlier job as long as they are kept.
   * @param {Entity} file
   * @param {(status: string) => void} told
   * @returns {Promise<{page: number, svg: string}[]>}
   */
  async pages(file, told) {
    const key = `nunatak-pages-${file.id}-${file.uploadedTime}`;
    const kept = sessionStorage.getItem(key);
    const earlier = kept && (await json(`${this.api}/context/diagram/convert/${kept}`).catch(() => null));
    const job = earlier?.status === "Completed" ? earlier : await this.job("convert", { items: [{ fileId: file.id }], grayscale: false }, told);
    const item = job.items[0];
    if (item.errorMessage) throw new Refused(item.errorMessage, 422);
    sessionStorage.setItem(key, String(job.jobId));
    return Promise.all(item.results.map(async (/** @type {Entity} */ one) => {
      const address = new URL(one.svgUrl).pathname.replace(/^.*?\/files\//, "files/");
      return { page: one.page, svg: await (await request(address)).text() };
    }));
  }

  /**
   * @param {Entity} file
   * @returns {Promise<Hit[]>}
   */
  async hits(file) {
    const filter = { annotatedResourceType: "file", annotatedResourceIds: [{ id: file.id }] };
    return (await this.all("annotations/list", { filter })).map(hit).filter((one) => one !== null).sort((a, b) => a.page - b.page || a.top - b.top || a.left - b.left);
  }

  /**
   * @param {Hit} one
   * @param {string} status
   */
  async review(one, status) {
    await this.post("annotations/update", { items: [{ id: one.id, update: { status: { set: status } } }] });
    one.status = status;
  }

  /**
   * Looks for tags or objects, and for the names of other sheets; what is found is suggested, but for what is said there already.
   * @param {Entity} file
   * @param {Entity[]} wanted what is looked for besides
   * @param {Entity[]} files
   * @param {Hit[]} known
   * @param {(status: string) => void} told
   * @returns {Promise<number>} how many were suggested
   */
  async look(file, wanted, files, known, told) {
    const sheets = files.filter((one) => one.id !== file.id).map((one) => ({ name: stem(one.name), resourceType: "file", fileId: one.id }));
    /** @type {Entity[]} */
    const entities = [...wanted, ...sheets].filter((one) => one.name);
    // A tag may be written in part; an object's name, which may be a single word, must stand there whole.
    const [objects, tags] = [entities.filter((one) => one.modelObjectId), entities.filter((one) => !one.modelObjectId)];
    const found = [...(await this.detect(file, tags, { partialMatch: true }, told)), ...(await this.detect(file, objects, { minTokens: 1 }, told))];
    const there = new Set(known.map(placed));
    const made = found.map((/** @type {Entity} */ one) => suggestion(file, one)).filter((/** @type {Entity} */ one) => !there.has(placed(/** @type {Hit} */ (hit({ ...one, id: 0, status: "suggested" })))));
    for (let at = 0; at < made.length; at += 1000) await this.post("annotations/suggest", { items: made.slice(at, at + 1000) });
    return made.length;
  }

  /**
   * What is found on a file's pages.
   * @param {Entity} file
   * @param {Entity[]} entities
   * @param {Entity} how
   * @param {(status: string) => void} told
   * @returns {Promise<Entity[]>}
   */
  async detect(file, entities, how, told) {
    if (!entities.length) return [];
    const job = await this.job("detect", { items: [{ fileId: file.id }], entities, searchField: "name", ...how }, told);
    if (job.items[0].errorMessage) throw new Refused(job.items[0].errorMessage, 422);
    return job.items[0].annotations;
  }

  /**
   * The other files that say the same.
   * @param {Hit} one
   * @param {Entity} file
   * @returns {Promise<Entity[]>}
   */
  async alike(one, file) {
    const reference = one.data.assetRef ? { assetRef: one.data.assetRef } : { text: one.text };
    const found = await this.post("annotations/reverselookup", { filter: { annotatedResourceType: "file", data: reference }, limit: 100 });
    const ids = found.items.map((/** @type {Entity} */ each) => each.id ?? each.annotatedResourceId).filter((/** @type {number} */ id) => id !== file.id);
    return ids.length ? (await this.post("files/byids", { items: ids.map((/** @type {number} */ id) => ({ id })), ignoreUnknownIds: true })).items : [];
  }
}

/** @param {string} name of a file, without its ending */
export const stem = (name) => name.replace(/\.[a-z]{2,5}$/i, "");

/** @param {Hit} one */
const placed = (one) => [one.page, one.text, Math.round(one.left * 500), Math.round(one.top * 500)].join("|");

/**
 * @param {Entity} one
 * @returns {Hit | null} none for what is said of no place
 */
function hit(one) {
  const { data } = one;
  const box = data.textRegion ?? data.boundingBox ?? data.symbolRegion;
  if (!box || ![box.xMin, box.yMin, box.xMax, box.yMax].every(Number.isFinite)) return null;
  const kind = data.fileRef || /File/.test(one.annotationType) ? "file" : data.assetRef ? "asset" : "text";
  return { id: one.id, text: data.text ?? data.label ?? "", page: data.pageNumber ?? 1, status: one.status, kind, data,
    left: box.xMin, top: box.yMin, width: box.xMax - box.xMin, height: box.yMax - box.yMin };
}

/**
 * @param {Entity} file
 * @param {Entity} found by a job
 */
function suggestion(file, found) {
  const across = found.region.vertices.map((/** @type {Entity} */ one) => one.x);
  const down = found.region.vertices.map((/** @type {Entity} */ one) => one.y);
  const entity = found.entities?.[0] ?? {};
  const meant = entity.fileId ? { fileRef: { id: entity.fileId } } : { assetRef: { externalId: entity.externalId ?? entity.name ?? found.text }, ...(entity.modelObjectId ? { modelRef: { landscapeId: entity.landscapeId, id: entity.modelObjectId } } : {}) };
  const textRegion = { xMin: Math.min(...across), xMax: Math.max(...across), yMin: Math.min(...down), yMax: Math.max(...down) };
  return { ...APP, annotatedResourceType: "file", annotatedResourceId: file.id, annotationType: entity.fileId ? "diagrams.FileLink" : "diagrams.AssetLink",
    data: { text: found.text, pageNumber: found.region.page, textRegion, ...meant } };
}
