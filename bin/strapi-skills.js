#!/usr/bin/env node
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const built = path.join(__dirname, '../dist/cli/index.js');
if (!fs.existsSync(built)) {
  console.error('strapi-skills is not built yet: run "npm run build" in the plugin\'s folder first.');
  process.exit(1);
}

require(built).main(process.argv);
