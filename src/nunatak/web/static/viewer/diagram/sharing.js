// Shares a landscape's version: its link and what that opens at, an embed, and an address of the picture for a README.
// @ts-check
import { Refused, json, query, root } from "../api.js";
import { fill, h, toast } from "../dom.js";
import { icon } from "../icons.js";
import { shown as themeShown } from "../theme.js";
import { options } from "./view.js";

/** @typedef {import("./page.js").DiagramPage} DiagramPage */
/** @typedef {Record<string, any>} Entity */

const WIDTH = 960; // of an embed, in pixels, where its page leaves the choice to us

/** @param {DiagramPage} page */
export function shareButton(page) {
  return h("button", { class: "plain", title: "Share", "aria-label": "Share", onclick: () => new Sharing(page).open() }, icon("share"));
}

class Sharing {
  /** @param {DiagramPage} page */
  constructor(page) {
    this.page = page;
    this.link = `${page.place.api}/share-link`;
    this.body = h("div", { class: "sharing" });
  }

  async open() {
    const dialog = h("dialog", { class: "sheet-dialog", "aria-label": "Share", onclose: () => dialog.remove() },
      h("button", { class: "plain close", "aria-label": "Close", onclick: () => dialog.close() }, icon("close")), h("h2", null, "Share"), this.body);
    document.body.append(dialog);
    dialog.showModal();
    await this.show();
  }

  /**
   * @param {string} method
   * @param {any} given
   * @param {string} [path]
   */
  async change(method, given, path = this.link) {
    try {
      await json(path, { method, json: given });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(error.message);
    }
    await this.show();
  }

  async show() {
    const landscape = await this.page.place.landscape();
    const { organization } = await json(`v1/organizations/${landscape.organizationId}`);
    if (!organization.shareLinksEnabled) {
      return fill(this.body, h("p", null, "Share links are off in this organization. With them, whoever has a link can look at one version, and nothing else."),
        h("button", { class: "main", onclick: () => this.change("PATCH", { shareLinksEnabled: true }, `v1/organizations/${organization.id}`) }, "Allow share links"));
    }
    const found = await json(`${this.page.place.api}/sharing`);
    if (!found.shareLink) {
      return fill(this.body, h("p", null, "Whoever has the link can look at this version of the landscape, and nothing else."),
        h("button", { class: "main", onclick: () => this.change("POST", { protected: false }) }, "Make a link"));
    }
    fill(this.body, ...this.addresses(found.shareLink), this.opening(found.shareLink), this.guard(found.shareLink), h("p", { class: "note" }, `Opened ${found.stats.totalVisitorCount} times.`),
      h("div", { class: "row" }, h("button", { onclick: () => this.change("PATCH", {}, `${this.link}?resetShortId=true`) }, "Renew the address"), h("button", { onclick: () => this.change("DELETE", undefined) }, "Stop sharing")));
  }

  /**
   * The short address where the link opens at a view, else the whole one of what is shown.
   * @param {Entity} link
   */
  addresses(link) {
    const { diagram, view, flow } = this.page;
    const short = `s/${link.shortId}`;
    const address = new URL(link.view ? short : `${short}/d/${diagram.handleId}${location.search}`, root).href;
    const { theme: _theme, ...asked } = options(view, { flowId: flow?.id, theme: themeShown() });
    const picture = new URL(link.view ? `${short}/diagram.svg?theme=auto` : `${short}/d/${diagram.handleId}.svg${query({ theme: "auto", ...asked })}`, root).href;
    const title = diagram.name.replaceAll('"', "");
    const frame = `<iframe src="${address}${address.includes("?") ? "&" : "?"}embed" title="${title}" width="${WIDTH}" height="${this.height()}" style="border: 0; max-width: 100%" loading="lazy" allowfullscreen></iframe>`;
    return [field("Link", address), field("Embed", frame), !link.protected && field("Picture for a README", `![${title}](${picture})`)];
  }

  /** As high as the whole diagram is at the embed's width, within reason. */
  height() {
    const { width, height } = this.page.stage.whole;
    return Math.round(Math.max(360, Math.min(900, (WIDTH * height) / Math.max(1, width))));
  }

  /** @param {Entity} link */
  opening(link) {
    const { view } = link;
    if (!view) return h("div", { class: "row" }, h("span", null, "Opens at the overview."), h("button", { onclick: () => this.change("PATCH", { view: this.seen(false) }) }, "Open at what is shown now"));
    const locked = h("input", { type: "checkbox", checked: view.locked, onchange: () => this.change("PATCH", { view: { ...view, locked: locked.checked } }) });
    return h("div", { class: "stack" }, h("label", { class: "row" }, locked, "Visitors can't go elsewhere"),
      h("div", { class: "row" }, h("button", { onclick: () => this.change("PATCH", { view: this.seen(view.locked) }) }, "Open at what is shown now"), h("button", { onclick: () => this.change("PATCH", { view: null }) }, "Open at the overview")));
  }

  /**
   * What is shown now, as a link keeps it.
   * @param {boolean} locked
   */
  seen(locked) {
    const { view, diagram, stage, flow } = this.page;
    const { x, y, scale } = stage.view;
    const told = { tab: view.tab, groupId: view.group, pinIds: view.pin, focusIds: view.focus, hideIds: view.hide, flowId: flow?.id, stepId: view.step, flowPathIds: view.paths, sequence: view.as === "sequence" };
    const given = Object.fromEntries(Object.entries(told).filter(([, value]) => value && !(Array.isArray(value) && !value.length)));
    return { diagramId: diagram.handleId, x: Math.round(x), y: Math.round(y), scale: Number(scale.toPrecision(4)), ...given, locked };
  }

  /** @param {Entity} link */
  guard(link) {
    const input = h("input", { type: "password", minlength: 8, maxlength: 64, autocomplete: "new-password", "aria-label": "Password of the link", placeholder: link.protected ? "A new password" : "A password, 8 characters or more" });
    return h("form", { class: "row", onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      this.change("PATCH", { protected: true, password: input.value });
    } }, input, h("button", { type: "submit" }, link.protected ? "Change it" : "Guard it"),
    link.protected && h("button", { type: "button", onclick: () => this.change("PATCH", { protected: false }) }, "Open it to all"));
  }
}

/**
 * @param {string} name
 * @param {string} text
 */
function field(name, text) {
  return h("label", { class: "copied" }, h("span", null, name), h("span", { class: "row" }, h("input", { readonly: true, "aria-label": name, value: text, onfocus: (/** @type {any} */ event) => event.target.select() }),
    h("button", { onclick: async () => {
      await navigator.clipboard?.writeText(text).catch(() => undefined);
      toast("Copied");
    } }, "Copy")));
}
