// Starts Swagger UI with what the page says in data attributes, so that no script is inline.
"use strict";

const page = document.getElementById("swagger-ui");

SwaggerUIBundle({
  domNode: page,
  url: page.dataset.openapiUrl,
  deepLinking: true,
  displayRequestDuration: true,
  persistAuthorization: false,
  validatorUrl: null, // asks no other host
});
