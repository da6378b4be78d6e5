// Shares a landscape's version: its link, an embed, and an address of the picture for a README.
// @ts-check
import { Refused, json, root } from "../api.js";
import { fill, h, toast } from "../dom.js";
import { icon } from "../icons.js";

/** @typedef {import("../place.js").Place} Place */

/**
 * @param {Place} place
 * @param {Record<string, any>} diagram
 */
export function shareButton(place, diagram) {
  return h("button", { class: "plain", title: "Share", "aria-label": "Share", onclick: () => open(place, diagram) }, icon("share"));
}

/**
 * @param {Place} place
 * @param {Record<string, any>} diagram
 */
async function open(place, diagram) {
  const body = h("div", { class: "sharing" });
  const dialog = h("dialog", { class: "sheet-dialog", "aria-label": "Share", onclose: () => dialog.remove() },
    h("button", { class: "plain close", "aria-label": "Close", onclick: () => dialog.close() }, icon("close")), h("h2", null, "Share"), body);
  document.body.append(dialog);
  dialog.showModal();
  await show(place, diagram, body);
}

/**
 * @param {Place} place
 * @param {Record<string, any>} diagram
 * @param {Element} body
 */
async function show(place, diagram, body) {
  const link = `${place.api}/share-link`;
  const again = async (/** @type {string} */ method, /** @type {any} */ given, more = "") => {
    try {
      await json(link + more, { method, json: given });
    } catch (error) {
      if (error instanceof Refused) toast(error.message);
    }
    await show(place, diagram, body);
  };
  const landscape = await place.landscape();
  const { organization } = await json(`v1/organizations/${landscape.organizationId}`);
  if (!organization.shareLinksEnabled) return fill(body, h("p", null, "Share links are off in this organization. With them, whoever has a link can look at one version, and nothing else."),
    h("button", { class: "main", onclick: async () => {
      try {
        await json(`v1/organizations/${organization.id}`, { method: "PATCH", json: { shareLinksEnabled: true } });
      } catch (error) {
        if (error instanceof Refused) toast(error.message);
      }
      await show(place, diagram, body);
    } }, "Allow share links"));
  let found;
  try {
    found = await json(link);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 404) throw error;
    return fill(body, h("p", null, "Whoever has the link can look at this version of the landscape, and nothing else."), h("button", { class: "main", onclick: () => again("POST", { protected: false }) }, "Make a link"));
  }
  const address = new URL(`s/${found.shareLink.shortId}/d/${diagram.handleId}${location.search}`, root).href;
  const picture = new URL(`s/${found.shareLink.shortId}/d/${diagram.handleId}.svg?theme=auto`, root).href;
  fill(body, field("Link to this view", address), field("Embed", `<iframe src="${address}${address.includes("?") ? "&" : "?"}embed" width="100%" height="600" title="${diagram.name.replaceAll('"', "")}" loading="lazy"></iframe>`),
    !found.shareLink.protected && field("Picture for a README", `![${diagram.name}](${picture})`),
    h("p", { class: "note" }, `Opened ${found.stats.totalVisitorCount} times.`),
    h("div", { class: "row" }, h("button", { onclick: () => again("PATCH", {}, "?resetShortId=true") }, "Renew the address"), h("button", { onclick: () => again("DELETE", undefined) }, "Stop sharing")));
}

/**
 * @param {string} name
 * @param {string} text
 */
function field(name, text) {
  return h("label", { class: "copied" }, h("span", null, name), h("span", { class: "row" }, h("input", { readonly: true, value: text, onfocus: (/** @type {any} */ event) => event.target.select() }),
    h("button", { onclick: async () => {
      await navigator.clipboard?.writeText(text).catch(() => undefined);
      toast("Copied");
    } }, "Copy")));
}
