// Plays a flow over its diagram: a list of steps, buttons and arrow keys, paths to choose, other flows to go to.
// @ts-check
import { fill, h, say } from "../dom.js";
import { icon } from "../icons.js";
import { markdown } from "../markdown.js";
import { go } from "../router.js";
import { SORT_NAMES, lit, told } from "./story.js";

/** @typedef {import("../place.js").Place} Place */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./story.js").Step} Step */
/** @typedef {Record<string, any>} Entity */

const FORMS = [["", "Diagram"], ["sequence", "Sequence"]];
const PACE = 3200; // milliseconds a step stays while playing

export class Player {
  /**
   * @param {Place} place
   * @param {Entity} flow
   * @param {Entity} content
   * @param {Map<string, Entity>} flows
   * @param {View} view changed in place
   * @param {{stepped: (step: Step | null, ids: string[], passed: string[]) => void, rerouted: () => void, turned: () => void, closed: () => void}} told_
   */
  constructor(place, flow, content, flows, view, told_) {
    this.place = place;
    this.flow = flow;
    this.content = content;
    this.flows = flows;
    this.view = view;
    this.told = told_;
    this.timer = 0;
    this.list = h("ol", { class: "story" });
    this.buttons = h("div", { class: "row player-buttons" });
    this.forms = h("div", { class: "choice", role: "group", "aria-label": "Told as" });
    this.element = h("section", { class: "player", "aria-label": `Flow ${flow.name}` },
      h("header", null, h("p", { class: "kind-line" }, icon("flows", 16), "Flow"), h("h2", null, flow.name),
        this.back(), this.forms,
        h("button", { class: "plain close", "aria-label": "Close the flow", onclick: () => this.told.closed() }, icon("close"))),
      this.list, this.buttons);
    this.steps = told(flow, content, view.paths);
    this.show();
  }

  /** The way back to the flow that led here. */
  back() {
    const [diagram, flow, step] = this.view.back.split(":");
    const other = [...this.flows.values()].find((one) => one.handleId === flow);
    return other && h("a", { class: "back", href: this.place.href(`d/${diagram}`, { flow, step }) }, `Back to ${other.name}`);
  }

  /** @param {string} form */
  turn(form) {
    this.view.as = form;
    this.light();
    this.told.turned();
  }

  /** The number of the current step; -1 before the first. */
  get at() {
    return this.steps.findIndex((one) => one.id === this.view.step);
  }

  show() {
    this.steps = told(this.flow, this.content, this.view.paths);
    fill(this.list, ...this.steps.map((step, at) => this.line(step, at)));
    this.light();
  }

  /**
   * @param {Step} step
   * @param {number} at
   */
  line(step, at) {
    const ways = step.paths.length > 0 && h("div", { class: "choice ways", role: "group", "aria-label": "Paths" }, ...step.paths.map((way) =>
      step.sort === "parallel" ? h("span", null, way.name) : h("button", { "aria-pressed": String(way.chosen), onclick: () => this.take(step, way.id) }, way.name)));
    const other = step.flowId ? this.flows.get(step.flowId) : null;
    const jump = other && !this.place.locked && h("button", { onclick: () => go(this.place.href(`d/${other.diagramId}`, { flow: other.handleId, back: `${this.flow.diagramId}:${this.flow.handleId}:${step.id}` })) }, `Go to ${other.name}`, icon("next", 14));
    return h("li", { "data-sort": step.sort, "data-depth": step.depth },
      h("button", { class: "step", onclick: () => this.to(at) }, h("span", { class: "pill" }, step.number || icon(signOf(step.sort), 12)),
        h("span", null, step.text || SORT_NAMES[/** @type {"message"} */ (step.sort)])),
      step.more && h("div", { class: "told" }, markdown(step.more)), ways, jump);
  }

  /**
   * Follows a path; the picture is drawn again with its steps.
   * @param {Step} step
   * @param {string} pathId
   */
  take(step, pathId) {
    const ways = step.paths.map((way) => way.id);
    this.view.paths = [...this.view.paths.filter((id) => !ways.includes(id)), pathId];
    this.view.step = step.id;
    this.show();
    this.told.rerouted();
  }

  /** @param {number} at */
  to(at) {
    const bounded = Math.max(0, Math.min(this.steps.length - 1, at));
    this.view.step = this.steps[bounded]?.id ?? "";
    this.light();
  }

  /** @param {string} id of a step that the sequence shows; one of a path that isn't taken leads nowhere */
  toStep(id) {
    const at = this.steps.findIndex((one) => one.id === id);
    if (at >= 0) this.to(at);
  }

  light() {
    const at = this.at;
    [...this.list.children].forEach((one, index) => {
      one.toggleAttribute("data-current", index === at);
      one.toggleAttribute("data-passed", index < at);
      one.querySelector(".step")?.setAttribute("aria-current", index === at ? "step" : "false");
    });
    const step = this.steps[at] ?? null;
    fill(this.forms, ...FORMS.map(([form, name]) => h("button", { "aria-pressed": String(this.view.as === form), onclick: () => this.turn(form) }, name)));
    this.list.children[at]?.scrollIntoView({ block: "nearest" });
    const playing = this.timer !== 0;
    fill(this.buttons,
      h("button", { "aria-label": "Step back", disabled: at <= 0, onclick: () => this.to(at - 1) }, icon("back"), "Back"),
      h("button", { class: "plain", "aria-label": playing ? "Stop playing" : "Play", onclick: () => this.play(!playing) }, icon(playing ? "pause" : "play")),
      h("span", { class: "count" }, `${at + 1} / ${this.steps.length}`),
      h("button", { class: "main", "aria-label": "Next step", disabled: at >= this.steps.length - 1, onclick: () => this.to(at + 1) }, at < 0 ? "Start" : "Next", icon("next")));
    if (step) say(`Step ${at + 1}: ${step.text || step.sort}`);
    const passed = this.steps.slice(0, Math.max(0, at)).map((one) => one.id);
    this.told.stepped(step, step ? lit(step, this.steps) : [], passed);
  }

  /**
   * Steps on by itself until the end, from the start where it stands at the end.
   * @param {boolean} on
   */
  play(on) {
    clearInterval(this.timer);
    this.timer = on ? window.setInterval(() => {
      this.to(this.at + 1);
      if (this.at >= this.steps.length - 1) this.play(false);
    }, PACE) : 0;
    if (on) this.to(this.at >= this.steps.length - 1 ? 0 : this.at + 1);
    else this.light();
  }

  /**
   * Arrow keys step while a flow is open; tells whether the key was one of them.
   * @param {KeyboardEvent} event
   */
  key(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
    this.to(this.at + by);
    return true;
  }

  stop() {
    clearInterval(this.timer);
  }
}

/** @param {string} sort */
const signOf = (sort) => ({ introduction: "play", conclusion: "check", information: "question", alternate: "next", parallel: "menu", subflow: "flows" })[sort] ?? "next";
