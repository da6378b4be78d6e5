// The pages' signs: strokes on a 24 x 24 box, in the colour of the text beside them.
// @ts-check

const PATHS = {
  overview: "M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z",
  diagrams: "M4 4h7v6H4zM13 14h7v6h-7zM7.5 10v4a3 3 0 0 0 3 3H13",
  flows: "M5 6h9M5 12h6M5 18h9M17 9l3 3-3 3",
  model: "M12 3 20 7.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9",
  drawings: "M4 5h16v14H4zM8 15l3-4 2 2 3-4M14 19v-4h6",
  dependencies: "M5 5h4v4H5zM15 10h4v4h-4zM5 15h4v4H5zM9 7h3v10H9M12 12h3",
  tags: "M4 4h8l8 8-8 8-8-8zM8 8h.01",
  technologies: "M8 8h8v8H8zM10 3v3M14 3v3M10 18v3M14 18v3M3 10h3M3 14h3M18 10h3M18 14h3",
  adrs: "M6 3h9l4 4v14H6zM14 3v5h5M9 13h6M9 17h4",
  drafts: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  versions: "M12 7v5l3 2M4.5 9A8 8 0 1 1 4 12M4 5v4h4",
  activity: "M3 12h4l3-7 4 14 3-7h4",
  search: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l4 4",
  light: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
  dark: "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z",
  system: "M4 5h16v11H4zM9 20h6M12 16v4",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  compare: "M12 3v18M9 6H4v12h5M15 6h5v12h-5M15 12h2M4 12h2",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  share: "M12 15V4M8 8l4-4 4 4M5 13v6h14v-6",
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  down: "M6 9l6 6 6-6",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  focus: "M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM3 12h3M18 12h3M12 3v3M12 18v3",
  hide: "M4 4l16 16M9.5 6.3A9 9 0 0 1 12 6c5 0 8 4 9 6a14 14 0 0 1-2.4 3.2M6.5 8A14 14 0 0 0 3 12c1 2 4 6 9 6a9 9 0 0 0 4-1",
  find: "M4 6h10M4 12h6M4 18h5M15 11a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM18 18l3 3",
  actor: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21a8 8 0 0 1 16 0",
  system_: "M4 5h16v14H4z",
  app: "M4 5h16v14H4zM4 9h16",
  store: "M12 4c4.4 0 8 1.1 8 2.5S16.4 9 12 9 4 7.9 4 6.5 7.6 4 12 4zM4 6.5v11C4 18.9 7.6 20 12 20s8-1.1 8-2.5v-11",
  component: "M8 5h12v14H8zM5 8h5v3H5zM5 14h5v3H5z",
  group: "M4 4h3M10 4h4M17 4h3v3M20 10v4M20 17v3h-3M14 20h-4M7 20H4v-3M4 14v-4M4 7V4",
  connection: "M4 12h15M14 7l5 5-5 5",
  external: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  check: "M5 13l4 4L19 7",
  alert: "M12 4l9 16H3zM12 10v4M12 17h.01",
  question: "M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 18h.01M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
  key: "M8 11a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM11 12l8-8M16 7l3 3",
  out: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
};

/** @typedef {keyof typeof PATHS} IconName */

/**
 * A sign; it says nothing to readers that can't see, so its button must have words.
 * @param {string} name
 * @param {number} [size] in pixels
 * @returns {SVGSVGElement}
 */
export function icon(name, size = 18) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const given = { viewBox: "0 0 24 24", width: size, height: size, class: "icon", "aria-hidden": "true" };
  for (const [key, value] of Object.entries(given)) svg.setAttribute(key, String(value));
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[/** @type {IconName} */ (name)] ?? PATHS.system_);
  svg.append(path);
  return svg;
}

/**
 * The sign of a model object's type.
 * @param {string} type
 */
export function typeIcon(type, size = 16) {
  return icon(type === "system" ? "system_" : type, size);
}
