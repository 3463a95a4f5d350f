// A boot takes seconds, and more of them on a busy machine: one limit for all that boots.
jest.setTimeout(60_000);
