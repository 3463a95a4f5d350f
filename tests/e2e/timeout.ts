// A browser's first start takes seconds, and a journey is many steps: one limit for all of them.
jest.setTimeout(180_000);
