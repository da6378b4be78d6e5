// A flow told over a diagram's page: the player beside, and what each step lights.
// @ts-check
import { fill } from "../dom.js";
import { Player } from "./player.js";
import { around } from "./stage.js";

/** @typedef {Record<string, any>} Entity */

export class Telling {
  /** @param {import("./page.js").DiagramPage} page */
  constructor(page) {
    this.page = page;
    /** @type {Player | null} */
    this.player = null;
  }

  /** @param {Entity} flow */
  start(flow) {
    this.stop();
    this.page.comparison?.close();
    Object.assign(this.page.view, { flow: flow.handleId, step: "", back: "", paths: [] });
    this.page.changed();
  }

  /** @param {Entity} flow */
  async play(flow) {
    const flows = await this.page.place.byId("flows");
    if (this.player || this.page.flow?.id !== flow.id) return;
    this.player = new Player(this.page.place, flow, this.page.content, flows, this.page.view, {
      stepped: (step, ids, passed) => this.stepped(step, ids, passed), rerouted: () => this.page.changed(),
      turned: async () => {
        await this.page.changed();
        this.page.fit();
        this.player?.light();
      },
      closed: () => {
        this.stop();
        this.page.changed();
      },
    });
    fill(this.page.told, this.player.element);
    this.page.element.toggleAttribute("data-playing", true);
    if (this.page.placed) this.page.fit();
  }

  stop() {
    this.player?.stop();
    this.player = null;
    Object.assign(this.page.view, { flow: "", step: "", back: "", as: "", paths: [] });
    fill(this.page.told);
    this.page.element.toggleAttribute("data-playing", false);
    this.page.picture?.mark("current", []);
    this.page.cover();
  }

  /**
   * @param {import("./story.js").Step | null} step
   * @param {string[]} ids
   * @param {string[]} passed
   */
  stepped(step, ids, passed) {
    this.page.picture?.mark("current", step ? [...ids, step.id] : [], Boolean(step && ids.length));
    this.page.picture?.mark("passed", passed);
    const wanted = this.page.view.as && step ? [step.id] : ids;
    const boxes = this.page.placed ? wanted.map((id) => this.page.picture?.place(id)).filter((box) => box !== null && box !== undefined) : [];
    if (boxes.length && step && (this.page.view.as || !["introduction", "conclusion"].includes(step.sort))) this.page.stage.reveal(around(boxes));
    if (this.page.placed) this.page.note();
  }
}
