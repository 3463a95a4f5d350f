import './server/src/platform/sandbox/just-bash/worker';
