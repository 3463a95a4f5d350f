'use strict';

/** What `bootStrapi` asks of this boot: the database's connection, and the plugin's configuration. */
module.exports = () => JSON.parse(process.env.SKILLS_TEST_APP);
