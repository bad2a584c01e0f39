'use strict';

const ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  showCommonExtensions: true,
  persistAuthorization: false,
  validatorUrl: null,
  // After a login with "Try it out", send the access token with every request.
  responseInterceptor: (response) => {
    if (response.ok && /\/api\/auth\/(login|refresh)$/.test(response.url) && response.body?.accessToken)
      ui.preauthorizeApiKey('token', response.body.accessToken);
    return response;
  },
});
