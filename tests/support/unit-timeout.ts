// Some units speak to a database server or start a sandbox: on a busy machine that takes longer than Jest's five seconds.
jest.setTimeout(30_000);
