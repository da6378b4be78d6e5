// A flow as it is told: its steps in order along the chosen paths.
// @ts-check

/** @typedef {Record<string, any>} Entity */
/** @typedef {{id: string, sort: string, text: string, more: string, number: number, ids: string[], lineId: string | null, flowId: string | null, depth: number,
 *   paths: {id: string, name: string, chosen: boolean}[]}} Step */

/** @type {Record<string, string>} */
const SORTS = { "alternate-path": "alternate", "parallel-path": "parallel", subflow: "subflow", introduction: "introduction", information: "information", conclusion: "conclusion" };
export const SORT_NAMES = { message: "Message", process: "Process", alternate: "Alternate paths", parallel: "Parallel paths", subflow: "Another flow", introduction: "Introduction", information: "Information", conclusion: "Conclusion" };

/**
 * @param {Entity} flow
 * @param {Entity} content of its diagram
 * @param {string[]} chosen ids of paths
 * @returns {Step[]}
 */
export function told(flow, content, chosen) {
  /** @type {Step[]} */
  const found = [];
  let number = 0;
  const all = Object.values(flow.steps);
  const walk = (/** @type {string | null} */ pathId, /** @type {number} */ depth, /** @type {boolean} */ shown) => {
    for (const step of all.filter((one) => one.parentId === pathId).sort(inOrder)) {
      const made = made_(step, content, depth);
      if (made.sort === "message" || made.sort === "process") number += 1;
      const ways = Object.values(step.paths ?? {}).sort(inOrder);
      const picked = ways.find((way) => chosen.includes(way.id)) ?? ways[0];
      made.paths = ways.map((way, at) => ({ id: way.id, name: way.name || `Path ${at + 1}`, chosen: way === picked }));
      if (shown) found.push({ ...made, number: made.sort === "message" || made.sort === "process" ? number : 0 });
      for (const way of ways) walk(way.id, depth + 1, shown && (step.type === "parallel-path" || way === picked));
    }
  };
  walk(null, 0, true);
  return found;
}

/**
 * @param {Entity} a
 * @param {Entity} b
 */
const inOrder = (a, b) => a.index - b.index || (a.id < b.id ? -1 : 1);

/**
 * @param {Entity} step
 * @param {Entity} content
 * @param {number} depth
 * @returns {Step}
 */
function made_(step, content, depth) {
  const line = content.connections[step.viaId ?? ""];
  const ends = [step.originId ?? line?.originId, step.targetId ?? line?.targetId].filter((id) => id && content.objects[id]);
  const sort = SORTS[step.type] ?? (!ends.length ? "information" : step.type === "self-action" || (!step.type && new Set(ends).size < 2) ? "process" : "message");
  const lineId = line && sort === "message" ? line.id : null;
  return { id: step.id, sort, text: step.description, more: step.detailedDescription ?? "", number: 0, ids: [...new Set([...ends, ...(lineId ? [lineId] : [])])], lineId, flowId: step.flowId, depth, paths: [] };
}

/**
 * What a step lights: its own things, or all of the story's at its beginning and end.
 * @param {Step} step
 * @param {Step[]} steps
 */
export function lit(step, steps) {
  if (step.sort === "introduction" || step.sort === "conclusion") return [...new Set(steps.flatMap((one) => one.ids))];
  return step.ids;
}
