// All flows, by the diagram that they are told over.
// @ts-check
import { h } from "../dom.js";
import { byIndex, counted } from "../words.js";
import { block, empty, heading } from "./parts.js";
import { flowCards } from "./overview.js";

/** @param {import("../main.js").Context} context */
export async function page({ place }) {
  const [flows, diagrams] = await Promise.all([place.list("flows"), place.list("diagrams")]);
  const parts = diagrams.map((diagram) => ({ diagram, told: flows.filter((one) => one.diagramId === diagram.id).sort(byIndex) }));
  const body = h("div", { class: "column" }, heading("Flows", counted(flows.length, "flow")),
    flows.length ? parts.filter((one) => one.told.length).map((one) => block(one.diagram.name, flowCards(place, one.told)))
      : empty("No flow yet. A flow tells a story step by step over a diagram."));
  return { title: "Flows", body, trail: [{ name: "Flows" }] };
}
