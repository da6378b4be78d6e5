// Light, dark, or as the system is.
// @ts-check

const KEY = "nunatak-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** @returns {"light" | "dark" | "system"} what was chosen */
export function chosen() {
  const found = document.documentElement.dataset.theme;
  return found === "light" || found === "dark" ? found : "system";
}

/** @returns {"light" | "dark"} what is shown */
export function shown() {
  const found = chosen();
  return found === "system" ? (dark.matches ? "dark" : "light") : found;
}

/** @param {"light" | "dark" | "system"} theme */
export function choose(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // A frame without storage forgets it with the page.
  }
  dispatchEvent(new Event("themechange"));
}

dark.addEventListener("change", () => {
  if (chosen() === "system") dispatchEvent(new Event("themechange"));
});
