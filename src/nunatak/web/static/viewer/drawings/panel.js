// Beside a drawing: what was found on it, a search over its words, what a hit means, and the review by keys.
// @ts-check
import { Refused } from "../api.js";
import { fill, h, say, toast } from "../dom.js";
import { icon } from "../icons.js";
import { go } from "../router.js";
import { counted } from "../words.js";
import { ask } from "./asking.js";
import { objectPage } from "./model.js";

/** @typedef {Record<string, any>} Entity */
/** @typedef {import("./project.js").Hit} Hit */

const MOST = 200;

export class Panel {
  /** @param {import("./page.js").DrawingPage} page */
  constructor(page) {
    this.page = page;
    this.list = h("ol", { class: "story hits" });
    this.told = h("div", { class: "meant" });
    this.input = h("input", { type: "search", placeholder: "Find a tag or a word", "aria-label": "Find a tag or a word", spellcheck: "false", oninput: () => this.show() });
    this.summary = h("p", { class: "note" });
    this.element = h("section", { class: "player", "aria-label": "What was found" },
      h("header", null, h("h2", null, page.file.name), this.summary, h("div", { class: "row finding" }, this.input, h("button", { onclick: () => ask(this.page.project, (entities, status) => this.look(entities, status)) }, "Find tags"))), this.list, this.told);
  }

  show() {
    const { hits, current, sheets } = this.page;
    const words = this.input.value.trim().toLowerCase();
    const some = hits.filter((one) => !words || one.text.toLowerCase().includes(words));
    const written = words ? sheets.flatMap((sheet) => sheet.words.filter((one) => one.text.toLowerCase().includes(words)).map((one) => ({ ...one, sheet }))) : [];
    const open = hits.filter((one) => one.status === "suggested").length;
    this.summary.textContent = hits.length ? `${counted(hits.length, "hit")}, ${open} to review` : "Nothing is marked yet.";
    fill(this.list, ...some.slice(0, MOST).map((one) => h("li", { "data-status": one.status, "data-current": one === current }, h("button", { class: "step", "aria-current": String(one === current), onclick: () => this.page.select(one) },
      h("span", { class: "pill" }, icon(one.kind === "file" ? "drawings" : "tags", 12)), h("span", { class: "name" }, one.text), h("small", null, sheets.length > 1 ? `p. ${one.page} · ${one.status}` : one.status)))),
    ...written.slice(0, MOST).map((one) => h("li", null, h("button", { class: "step", onclick: () => this.reveal(one) }, h("span", { class: "pill" }, icon("find", 12)), h("span", { class: "name" }, one.text), h("small", null, `p. ${one.sheet.number}`)))),
    words && !some.length && !written.length && h("li", { class: "note" }, "Nothing here reads like that."));
    this.list.querySelector("[data-current]")?.scrollIntoView({ block: "nearest" });
    this.mean(current);
  }

  /** @param {{x: number, y: number, width: number, height: number, sheet: {x: number}}} word */
  reveal(word) {
    const box = { ...word, x: word.x + word.sheet.x };
    this.page.stage.scale = Math.max(this.page.stage.scale, 1);
    this.page.stage.center({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    this.page.sheet.querySelector(".word-lit")?.remove();
    const lit = h("div", { class: "word-lit" });
    Object.assign(lit.style, { left: `${box.x - 3}px`, top: `${box.y - 3}px`, width: `${box.width + 6}px`, height: `${box.height + 6}px` });
    this.page.sheet.append(lit);
  }

  /** @param {Hit | null} one what a hit means, and what can be done with it */
  async mean(one) {
    if (!one) return fill(this.told);
    const { project, file } = this.page;
    const act = (/** @type {"approved" | "rejected"} */ status, /** @type {string} */ name, /** @type {string} */ key) => h("button", { class: status === "approved" ? "main" : "", disabled: one.status === status, onclick: () => this.page.review(status) }, name, h("kbd", null, key));
    const other = one.data.fileRef;
    const also = h("div");
    fill(this.told, h("h3", null, one.text), h("p", { class: "note" }, one.kind === "file" ? "Another sheet" : one.data.assetRef ? `Stands for ${one.data.assetRef.externalId ?? one.data.assetRef.id}` : "A word", ` · ${one.status}`),
      other?.id && h("p", null, h("a", { class: "button", href: project.href(String(other.id)) }, icon("next", 14), "Open that sheet")),
      objectPage(one) && h("p", null, h("a", { class: "button", href: objectPage(one) }, icon("model", 14), "Open in the model")), also,
      h("div", { class: "row" }, act("approved", "Approve", "A"), act("rejected", "Reject", "R")));
    const alike = one.data.assetRef ? await project.alike(one, file).catch(() => []) : [];
    if (alike.length && this.page.current === one) fill(also, h("p", { class: "note" }, "Also on"), h("ul", null, ...alike.map((each) => h("li", null, h("a", { href: project.href(String(each.id)) }, each.name)))));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest?.("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
    const { hits, current } = this.page;
    const at = current ? hits.indexOf(current) : -1;
    const to = (/** @type {number} */ wanted) => hits.length && this.page.select(hits[Math.max(0, Math.min(hits.length - 1, wanted))]);
    const { fileRef } = current?.data ?? {};
    /** @type {Record<string, () => void>} */
    const keys = { j: () => to(at + 1), k: () => to(at - 1), a: () => this.page.review("approved"), r: () => this.page.review("rejected"), u: () => this.page.review("suggested"),
      "/": () => this.input.focus(), Escape: () => this.page.select(null) };
    if (fileRef?.id && !target.closest("button, a")) keys.Enter = () => go(this.page.project.href(String(fileRef.id)));
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /**
   * @param {Entity[]} entities
   * @param {Element} status
   */
  async look(entities, status) {
    const { page } = this;
    try {
      const files = await page.project.files();
      status.textContent = "Looking";
      const count = await page.project.look(page.file, entities, files, page.hits, (word) => {
        status.textContent = word === "Queued" ? "Waiting for its turn" : "Looking";
      });
      page.hits = await page.project.hits(page.file);
      page.show();
      const words = count ? `${counted(count, "hit")} to review` : "Nothing new was found";
      toast(words);
      say(words);
      page.select(page.hits.find((one) => one.status === "suggested") ?? null);
    } catch (error) {
      toast(error instanceof Refused ? error.message : "That did not work");
    }
  }
}
