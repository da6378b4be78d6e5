// Shows our own OpenAPI documents with the vendored Swagger UI; nothing is loaded from elsewhere.
const DOCUMENTS = { landscapes: "v1/openapi.json", drawings: "api/v1/openapi.json" };
const asked = new URLSearchParams(location.search).get("of");
const of = asked === "drawings" ? asked : "landscapes";
document.querySelector(`nav [data-of=${of}]`).setAttribute("aria-current", "page");

// Light or dark as was chosen in the viewer, else as the system is.
const system = matchMedia("(prefers-color-scheme: dark)");
const paint = () => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("nunatak-theme");
  } catch {
    // A frame without storage goes by the system.
  }
  document.documentElement.classList.toggle("dark-mode", chosen ? chosen === "dark" : system.matches);
};
system.addEventListener("change", paint);
paint();

SwaggerUIBundle({
  url: new URL(DOCUMENTS[of], document.baseURI).href,
  dom_id: "#docs",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  filter: true,
  displayRequestDuration: true,
  showExtensions: true, // x-nunatak: what is ours
  validatorUrl: null, // the default would send the address of this server to a public service
});
