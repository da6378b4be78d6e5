// A version of a landscape as the pages read it: each list is asked for once and then kept.
// @ts-check
import { json, query, request, root } from "./api.js";

/** @typedef {Record<string, any>} Entity */

/** @type {Record<string, {path: string, key: string}>} */
const LISTS = {
  diagrams: { path: "diagrams", key: "diagrams" },
  diagramGroups: { path: "diagram-groups", key: "diagramGroups" },
  domains: { path: "domains", key: "domains" },
  objects: { path: "model/objects", key: "modelObjects" },
  connections: { path: "model/connections", key: "modelConnections" },
  flows: { path: "flows", key: "flows" },
  tags: { path: "tags", key: "tags" },
  tagGroups: { path: "tag-groups", key: "tagGroups" },
  adrs: { path: "adrs", key: "adrs" },
  drafts: { path: "drafts", key: "drafts" },
  comments: { path: "comments", key: "comments" },
};
const PAGED = new Set(["objects", "connections", "adrs"]);

export class Place {
  /**
   * @param {{landscapeId: string, versionId: string, draftId?: string | null, base: string, guest: boolean, view?: Entity | null}} where
   *   `base` is the pages' path, relative to the server's root; `view` is what a share link opens at
   */
  constructor(where) {
    this.landscapeId = where.landscapeId;
    this.versionId = where.versionId;
    this.draftId = where.draftId || null;
    this.base = where.base;
    this.guest = where.guest;
    /** @type {Entity | null} */
    this.view = where.view ?? null;
    /** @type {Map<string, Promise<any>>} */
    this.kept = new Map();
  }

  /** The API's path of this version. */
  get api() {
    return `v1/landscapes/${this.landscapeId}/versions/${this.versionId}`;
  }

  /**
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} make
   * @returns {Promise<T>}
   */
  keep(key, make) {
    let found = this.kept.get(key);
    if (!found) {
      found = make();
      this.kept.set(key, found);
      found.catch(() => this.kept.delete(key));
    }
    return found;
  }

  /**
   * @param {string} name
   * @returns {Promise<Entity[]>}
   */
  list(name) {
    return this.keep(name, () => this.fetchList(name));
  }

  /** @param {string} name */
  async fetchList(name) {
    const { path, key } = LISTS[name];
    const found = [];
    let cursor;
    do {
      const paged = PAGED.has(name) ? { limit: 10000, cursor } : {};
      const answer = await this.get(path, paged);
      found.push(...answer[key]);
      cursor = answer.nextCursor;
    } while (cursor);
    return found;
  }

  /**
   * A list by id.
   * @param {string} name
   * @returns {Promise<Map<string, Entity>>}
   */
  async byId(name) {
    return this.keep(`${name}:ids`, async () => new Map((await this.list(name)).map((one) => [one.id, one])));
  }

  /**
   * JSON of a path below this version.
   * @param {string} path
   * @param {Record<string, any>} [values]
   * @param {RequestInit} [options]
   * @returns {Promise<any>}
   */
  get(path, values = {}, options = {}) {
    return json(`${this.api}/${path}${query({ ...values, draftId: this.draftId })}`, options);
  }

  /**
   * @param {string} path
   * @param {Record<string, any>} [values]
   */
  async text(path, values = {}, options = {}) {
    return (await request(`${this.api}/${path}${query({ ...values, draftId: this.draftId })}`, options)).text();
  }

  /** @returns {Promise<{technologies: Entity[], teams: Entity[]}>} */
  words() {
    return this.keep("words", () => this.get("vocabulary"));
  }

  /** @returns {Promise<Entity>} */
  landscape() {
    return this.keep("landscape", async () => (await json(`v1/landscapes/${this.landscapeId}`)).landscape);
  }

  /** @returns {Promise<Entity[]>} */
  versions() {
    return this.keep("versions", async () => {
      if (this.guest) return [];
      return (await json(`v1/landscapes/${this.landscapeId}/versions`)).versions;
    });
  }

  /** Whether visitors stay where the link opens. */
  get locked() {
    return Boolean(this.view?.locked);
  }

  /** The address of what a share link opens at; empty where that is the overview. */
  get frozen() {
    const { view } = this;
    if (!view) return "";
    const list = (/** @type {string[] | undefined} */ ids) => (ids ?? []).join(",");
    const at = [view.x, view.y, view.scale].every((one) => one !== undefined) ? `${view.x},${view.y},${view.scale}` : "";
    return this.href(`d/${view.diagramId}`, { tab: view.tab, group: view.groupId, pin: list(view.pinIds), focus: list(view.focusIds), hide: list(view.hideIds),
      flow: view.flowId, step: view.stepId, paths: list(view.flowPathIds), as: view.sequence && "sequence", at });
  }

  /**
   * Another version of the same landscape, without a draft.
   * @param {string} versionId
   */
  version(versionId) {
    return new Place({ landscapeId: this.landscapeId, versionId, base: this.base, guest: this.guest });
  }

  /** @returns {Promise<Record<string, Entity>>} */
  thumbnails() {
    return this.keep("thumbnails", async () => (await this.get("diagrams/thumbnails")).thumbnails);
  }

  /**
   * A page's address in this version; an absolute path.
   * @param {string} path
   * @param {Record<string, any>} [values]
   */
  href(path, values = {}) {
    const state = this.guest
      ? {}
      : { v: this.versionId === "latest" ? null : this.versionId, draft: this.draftId };
    return `${root.pathname}${this.base}${path ? `/${path}` : ""}${query({ ...state, ...values })}`;
  }
}
