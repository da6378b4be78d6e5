// How things are called and dates are written.
// @ts-check

/** @type {Record<string, string>} */
const TYPES = {
  actor: "Actor", app: "App", component: "Component", group: "Group", store: "Store", system: "System", root: "Domain",
  connection: "Connection", flow: "Flow", "app-diagram": "App diagram", "component-diagram": "Component diagram",
  "context-diagram": "Context diagram",
};

/** @param {string} type */
export const typeName = (type) => TYPES[type] ?? capital(type.replaceAll("-", " "));

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * @param {number} count
 * @param {string} noun
 * @param {string} [many]
 */
export const counted = (count, noun, many = `${noun}s`) => `${count.toLocaleString()} ${count === 1 ? noun : many}`;

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const AGO = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];

/** @param {string} time */
export const day = (time) => DAY.format(new Date(time));

/** @param {string} time */
export const moment = (time) => MOMENT.format(new Date(time));

/**
 * "3 hours ago"; a date for what is older than a month.
 * @param {string} time
 */
export function ago(time) {
  const seconds = (Date.now() - new Date(time).getTime()) / 1000;
  if (seconds > 30 * 86400) return day(time);
  const found = UNITS.find(([, length]) => seconds >= length);
  return found ? AGO.format(-Math.round(seconds / found[1]), found[0]) : "just now";
}

/** The statuses of model objects, with the colours that pictures show them in. */
export const STATUSES = [
  { id: "live", name: "Live", color: "green" },
  { id: "future", name: "Future", color: "blue" },
  { id: "deprecated", name: "Deprecated", color: "orange" },
  { id: "removed", name: "Removed", color: "red" },
];

/**
 * Compares names as people sort them.
 * @param {Record<string, any>} a
 * @param {Record<string, any>} b
 */
export const byName = (a, b) => COLLATOR.compare(a.name, b.name);
const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/**
 * @param {Record<string, any>} a
 * @param {Record<string, any>} b
 */
export const byIndex = (a, b) => (a.index ?? 0) - (b.index ?? 0) || byName(a, b);
