'use strict';

const options = require('../options');

module.exports = () => ({ connection: options().database });
