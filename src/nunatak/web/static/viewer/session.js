// Who is looking: a signed-in person, or a visitor of a share link.
// @ts-check
import { Refused, carry, json, root } from "./api.js";

/** @typedef {{signedIn: boolean, name?: string, permissions?: Record<string, string>, mark?: string, signIn?: {name: string, path: string}}} Session */

/** @type {Session} */
let session = { signedIn: false };

/** @returns {Session} */
export const current = () => session;

/** Whether the caller administers one of their organizations. */
export const isAdmin = () => Object.values(session.permissions ?? {}).includes("admin");

/** @param {Session} found */
function take(found) {
  session = found;
  carry({ mark: found.mark ?? "" });
  return found;
}

/**
 * The session of this browser; a ticket behind the address's # begins one.
 * @returns {Promise<Session>}
 */
export async function look() {
  const ticket = new URLSearchParams(location.hash.slice(1)).get("ticket");
  if (ticket) {
    history.replaceState(null, "", location.pathname + location.search);
    try {
      return take(await json("session", { method: "POST", json: { ticket } }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
  return take(await json("session"));
}

/**
 * @param {string} key
 * @returns {Promise<Session>}
 */
export async function signIn(key) {
  return take(await json("session", { method: "POST", json: { key } }));
}

export async function signOut() {
  take(await json("session", { method: "DELETE" }));
}

/**
 * Opens a share link; `{protected: true}` asks for its password.
 * @param {string} shortId
 * @param {string} [password]
 */
export async function enter(shortId, password) {
  const key = `nunatak-share-${shortId}`;
  const kept = stored(key);
  if (kept && !password) {
    const found = JSON.parse(kept);
    carry({ guest: found.token });
    try {
      await json(`v1/landscapes/${found.landscapeId}`);
      return found;
    } catch {
      sessionStorage.removeItem(key);
    }
  }
  const found = await json(`s/${shortId}/enter`, { method: "POST", json: password ? { password } : {} });
  if (found.signIn) location.assign(new URL(found.signIn, root)); // it is for people of some domains: the way back leads here
  if (found.token) {
    carry({ guest: found.token });
    store(key, JSON.stringify(found));
  }
  return found;
}

/** @param {string} key */
function stored(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // a frame may have no storage
  }
}

/**
 * @param {string} key
 * @param {string} text
 */
function store(key, text) {
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // the next page of the frame enters again
  }
}
