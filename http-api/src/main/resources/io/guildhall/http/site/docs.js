'use strict';

const ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  persistAuthorization: false,
  validatorUrl: null,
  // Whoever logs in here by trying it out is logged in for what is tried out next.
  responseInterceptor: (answer) => {
    if (answer.ok && /\/api\/auth\/(login|refresh)$/.test(answer.url) && answer.body?.accessToken)
      ui.preauthorizeApiKey('token', answer.body.accessToken);
    return answer;
  },
});
