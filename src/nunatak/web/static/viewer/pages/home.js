// The first page: signing in, the landscapes that are there, and what to do with a fresh server.
// @ts-check
import { Refused, json, request, root } from "../api.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { current, enter, isAdmin, signIn } from "../session.js";
import { ago } from "../words.js";
import { block, empty, heading, illustrate } from "./parts.js";

/** @typedef {import("../main.js").Page} Page */

/**
 * @param {() => void} done
 * @returns {Page}
 */
export function signInPage(done) {
  const body = gate("Welcome", "Sign in with an API key. It is asked for once; this browser then keeps a session for two weeks.",
    { label: "API key", name: "key", placeholder: "id:secret", button: "Sign in" }, async (key) => {
      await signIn(key);
      done();
    },
    ...elsewhere(),
    h("p", { class: "note" }, "The first start of a server prints a link that lets you in without a key, and writes the administrator's key to ",
      h("code", null, "data/admin-api-key"), "."));
  return { title: "Sign in", body, trail: [{ name: "Sign in" }] };
}

/** The way to the issuer that the operator has named, if there is one; it leads back to this page. */
function elsewhere() {
  const { signIn: offered } = current();
  if (!offered) return [];
  const to = `/${location.href.slice(root.href.length).split("#")[0]}`;
  const address = new URL(`${offered.path}?${new URLSearchParams({ to })}`, root);
  return [h("p", null, h("a", { class: "main", href: address.href }, `Sign in with ${offered.name}`))];
}

/**
 * @param {string} shortId
 * @param {() => void} done
 * @returns {Page}
 */
export function passwordPage(shortId, done) {
  const body = gate("A password, please", "Whoever shared this landscape has set a password.",
    { label: "Password", name: "password", placeholder: "", button: "Open" }, async (password) => {
      await enter(shortId, password);
      done();
    });
  return { title: "Password", body, trail: [{ name: "Shared landscape" }] };
}

/**
 * A form of one secret word.
 * @param {string} title
 * @param {string} words
 * @param {{label: string, name: string, placeholder: string, button: string}} asked
 * @param {(word: string) => Promise<void>} open
 * @param {...Node} more
 */
function gate(title, words, asked, open, ...more) {
  const input = h("input", { type: "password", name: asked.name, id: "word", placeholder: asked.placeholder, required: true, autocomplete: "current-password", "aria-describedby": "wrong" });
  const wrong = h("p", { class: "wrong", id: "wrong", role: "alert" });
  const button = h("button", { class: "main", type: "submit" }, asked.button);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await open(input.value.trim());
    } catch (error) {
      wrong.textContent = error instanceof Refused ? error.message : "That did not work.";
      input.select();
    }
    button.disabled = false;
  };
  setTimeout(() => input.focus());
  return h("div", { class: "gate" }, h("img", { src: new URL("static/icon.svg", root).href, width: 48, height: 48, alt: "" }),
    h("h1", null, title), h("p", null, words),
    h("form", { onsubmit: submit }, h("label", { for: "word" }, asked.label), input, wrong, button), ...more);
}

/** @returns {Promise<Page>} */
export async function page() {
  const organizations = (await json("v1/organizations")).organizations;
  const found = await Promise.all(organizations.map(async (/** @type {any} */ one) => ({
    organization: one, landscapes: (await json(`v1/organizations/${one.id}/landscapes`)).landscapes,
  })));
  const count = found.reduce((sum, one) => sum + one.landscapes.length, 0);
  const body = h("div", { class: "column" }, heading("Landscapes", `Signed in as ${current().name}`, ...found.map(({ organization }) =>
    h("a", { class: "button", href: `${root.pathname}o/${organization.id}/drawings` }, icon("drawings", 16), found.length > 1 ? `Drawings of ${organization.name}` : "Drawings"))),
    ...found.map(({ organization, landscapes }) => found.length > 1 ? block(organization.name, list(landscapes)) : list(landscapes)),
    count <= 1 && guide(found[0]?.landscapes[0], found[0]?.organization));
  return { title: "Landscapes", body, trail: [] };
}

/** @param {Record<string, any>[]} landscapes */
function list(landscapes) {
  if (!landscapes.length) return empty("No landscape yet.");
  return h("ul", { class: "cards" }, ...landscapes.map((one) => {
    const image = h("img", { alt: "", decoding: "async", "data-id": one.id });
    const first = json(`v1/landscapes/${one.id}/thumbnails/primary`);
    const holder = h("span", { class: "picture" }, image);
    illustrate(holder, async () => ({ [one.id]: (await first).thumbnail }),
      async () => (await request(`v1/landscapes/${one.id}/versions/latest/diagrams/${(await first).thumbnail.id}/image.svg?theme=dark`)).text());
    return h("li", null, h("a", { href: `${root.pathname}l/${one.id}`, class: "card" }, holder,
      h("span", { class: "words" }, h("strong", null, one.name), h("small", null, `Changed ${ago(one.updatedAt)}`))));
  }));
}

/**
 * @param {Record<string, any> | undefined} sample
 * @param {Record<string, any> | undefined} organization
 */
function guide(sample, organization) {
  const steps = [
    ["play", "Look around", "The sample shows a small bookshop: open it, click a card for its details, and the sign on a card to go one level down.",
      sample && h("a", { class: "button", href: `${root.pathname}l/${sample.id}` }, `Open ${sample.name}`)],
    ["down", "Bring your own", "Import a file of objects and connections, a Structurizr workspace, or write through the API.",
      h("pre", null, "nunatak import structurizr workspace.json --data data")],
    ["drawings", "Read drawings", "Drop PDFs, TIFFs or pictures of engineering drawings, find tags on them and review what was found.",
      organization && h("a", { class: "button", href: `${root.pathname}o/${organization.id}/drawings` }, "Drop a drawing")],
    ["key", "Make a key", isAdmin() ? "A program that reads or writes needs a key of its own." : "Ask an administrator for a key of your own.",
      h("pre", null, "nunatak keys create ci --permission write --data data")],
    ["adrs", "Read the API", "Every page here reads what you can read too: the whole API, with examples.", h("a", { class: "button", href: `${root.pathname}docs`, target: "_blank" }, "API reference")],
  ];
  return block("A fresh start", h("ol", { class: "steps" }, ...steps.map(([sign, title, words, more]) =>
    h("li", null, h("span", { class: "disc" }, icon(/** @type {string} */ (sign))), h("h3", null, title), h("p", null, words), more))));
}
