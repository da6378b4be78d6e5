// Sets the theme before the first paint, so that a dark page never flashes white.
// @ts-check
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("nunatak-theme");
  } catch {
    // Storage may be closed to us in a frame: the system's theme will do.
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  if (new URLSearchParams(location.search).has("embed")) document.documentElement.dataset.embed = "";
})();
