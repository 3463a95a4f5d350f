'use strict';

const { loadKeys } = require('../keys');

module.exports = ({ env }) => ({
  skills: {
    config: {
      // Agents can be tried without a key: see its description in the panel.
      providers: { 'strapi-provider-skills-rehearsal': { resolve: './rehearsal' } },
      connections: {
        // Connections name these instead of copying a key, and may speak to an Ollama on this machine.
        environmentVariables: ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY'],
        allowedPrivateHosts: env.array('ALLOWED_PRIVATE_HOSTS', ['127.0.0.1:11434', 'localhost:11434']),
      },
    },
  },
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET', loadKeys().jwt) } },
});
