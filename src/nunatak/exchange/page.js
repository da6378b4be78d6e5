"use strict";
const box = document.querySelector("#search");
const found = document.querySelector("#found");
const things = [...document.querySelectorAll("[data-find]")].map((element) => [element, element.textContent.toLowerCase()]);
box.parentElement.hidden = false;
box.addEventListener("input", () => {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const [element, text] of things) {
    const shown = words.every((word) => text.includes(word));
    element.hidden = !shown;
    count += shown;
  }
  for (const section of document.querySelectorAll("main section")) {
    section.hidden = words.length > 0 && !section.querySelector("[data-find]:not([hidden])");
  }
  found.textContent = words.length ? `${count} found` : "";
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== box) { event.preventDefault(); box.focus(); }
});
document.addEventListener("click", (event) => {
  const thing = event.target.closest(".picture [data-model-id]");
  const home = thing && document.querySelector(`[data-id="${CSS.escape(thing.dataset.modelId)}"]`);
  if (home) { home.hidden = false; location.hash = home.id; return; }
  event.target.closest(".picture")?.classList.toggle("full");
});
addEventListener("beforeprint", () => {
  for (const hidden of document.querySelectorAll("details")) hidden.open = true;
});
