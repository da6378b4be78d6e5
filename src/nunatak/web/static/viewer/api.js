// Speaks to the server: JSON in and out, refusals as errors in words.
// @ts-check

/** Where the server is, whatever path prefix it is behind. */
export const root = new URL("../../", import.meta.url);

/** A request that was refused; `status` is HTTP's, 0 where the server can't be reached. */
export class Refused extends Error {
  /**
   * @param {string} message
   * @param {number} status
   */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

const held = { mark: "", guest: "" };

/**
 * What requests are sent with from now on: the session's mark, or a share link's token.
 * @param {{mark?: string, guest?: string}} given
 */
export function carry(given) {
  Object.assign(held, { mark: "", guest: "" }, given);
}

/**
 * @param {string} path relative to the server's root
 * @param {RequestInit & {json?: any}} [options]
 * @returns {Promise<Response>}
 */
export async function request(path, options = {}) {
  const headers = new Headers(options.headers);
  if (held.guest) headers.set("Authorization", `Share ${held.guest}`);
  if (options.method && options.method !== "GET" && held.mark) headers.set("X-Nunatak-Mark", held.mark);
  const sent = { ...options, headers };
  if ("json" in options) {
    headers.set("Content-Type", "application/json");
    sent.body = JSON.stringify(options.json);
  }
  let answer;
  try {
    answer = await fetch(new URL(path, root), sent);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Refused("The server can't be reached", 0);
  }
  if (!answer.ok) throw new Refused(await reason(answer), answer.status);
  return answer;
}

/** @param {Response} answer */
async function reason(answer) {
  try {
    return (await answer.json()).message ?? answer.statusText;
  } catch {
    return answer.statusText || `The server answered ${answer.status}`;
  }
}

/**
 * @param {string} path
 * @param {RequestInit & {json?: any}} [options]
 * @returns {Promise<any>}
 */
export async function json(path, options) {
  return (await request(path, options)).json();
}

/**
 * A query string of what is given; lists are written as `name[]`.
 * @param {Record<string, any>} values
 */
export function query(values) {
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(value)) value.forEach((one) => found.append(`${name}[]`, one));
    else if (value !== undefined && value !== null && value !== "" && value !== false) found.set(name, String(value));
  }
  const text = found.toString();
  return text ? `?${text}` : "";
}
