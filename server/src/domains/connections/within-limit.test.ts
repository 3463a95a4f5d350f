import { withinLimit } from './within-limit';

const never = () => new Promise<never>(() => undefined);

it('answers what was found in time', async () => {
  expect(await withinLimit({ limitMs: 1_000, whom: 'Acme' }, () => Promise.resolve(1))).toBe(1);
});

it('hands on what went wrong', async () => {
  const work = () => Promise.reject(new Error('mine'));
  await expect(withinLimit({ limitMs: 1_000, whom: 'Acme' }, work)).rejects.toThrow('mine');
});

it('ends work that is too slow, though it does not heed its signal', async () => {
  let given: AbortSignal | undefined;
  const work = (signal: AbortSignal) => {
    given = signal;
    return never();
  };
  const ended = withinLimit({ limitMs: 20, whom: 'Acme' }, work);
  await expect(ended).rejects.toMatchObject({
    code: 'timeout',
    message: 'Acme did not answer within 20 ms.',
  });
  expect(given?.aborted).toBe(true);
});

it('ends with its caller', async () => {
  const controller = new AbortController();
  const ended = withinLimit({ limitMs: 10_000, whom: 'Acme', signal: controller.signal }, never);
  controller.abort();
  await expect(ended).rejects.toMatchObject({ code: 'cancelled' });
  const late = withinLimit({ limitMs: 10_000, whom: 'Acme', signal: controller.signal }, never);
  await expect(late).rejects.toMatchObject({ code: 'cancelled' });
});
