'use strict';

const Sequencer = require('@jest/test-sequencer').default;

/** Files that take a minute or more: begun last, one of them would keep a processor busy while the others have nothing left to do. */
const LONG = [
  /\/sandbox\/(bubblewrap|just-bash)\/(bubblewrap|just-bash|unprivileged)\.test/,
  /crash\.test/,
  /\/together\//,
];

const rank = ({ path }) => {
  const index = LONG.findIndex((pattern) => pattern.test(path));
  return index < 0 ? LONG.length : index;
};

/** Without a memory of earlier runs, as in CI, Jest begins with the largest files, and a small one may hold a great deal. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
