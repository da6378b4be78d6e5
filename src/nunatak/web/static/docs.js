// Shows our own OpenAPI document with the vendored Swagger UI; nothing is loaded from elsewhere.
SwaggerUIBundle({
  url: new URL("v1/openapi.json", document.baseURI).href,
  dom_id: "#docs",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  filter: true,
  displayRequestDuration: true,
  validatorUrl: null, // the default would send the address of this server to a public service
});
