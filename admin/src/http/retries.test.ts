import { failureOf, RequestError } from './api-failure';
import { askUntilAnswered } from './retries';

/** Asks a server that gives these answers one after the other, and tells how long was waited before each try. */
async function ask(answers: (Response | Error)[], signal = new AbortController().signal) {
  const waited: number[] = [];
  let from = performance.now();
  const answered = await askUntilAnswered(
    async () => {
      waited.push(performance.now() - from);
      const answer = answers.shift();
      if (!answer) throw new RequestError({ name: 'Test', message: 'asked too often', status: 400 });
      from = performance.now();
      if (answer instanceof Error) throw answer;
      if (!answer.ok) throw new RequestError(await failureOf(answer));
      return answer.text();
    },
    { signal, delay: () => 1 },
  );
  return { answered, waited };
}

const refusal = (status: number, headers?: Record<string, string>) => new Response(null, { status, headers });

describe('what is asked for until it is answered', () => {
  it.each([408, 429, 500, 503])('is asked for again after %i', async (status) => {
    expect((await ask([refusal(status), refusal(status), new Response('yes')])).answered).toBe('yes');
  });

  it('is asked for again after a lost connection', async () => {
    expect((await ask([new TypeError('network'), new Response('yes')])).answered).toBe('yes');
  });

  it('is asked for when the server said, and no earlier', async () => {
    const { waited } = await ask([refusal(429, { 'Retry-After': '1' }), new Response('yes')]);
    expect(waited[1]).toBeGreaterThanOrEqual(990);
  });

  it('is not asked for again when that would not help', async () => {
    await expect(ask([refusal(403), new Response('yes')])).rejects.toMatchObject({
      failure: { status: 403 },
    });
    const over = Array.from({ length: 6 }, () => refusal(401));
    await expect(ask([...over, new Response('yes')])).rejects.toMatchObject({ failure: { status: 401 } });
  });

  it('is asked for again after a 401 that passes', async () => {
    const { answered } = await ask([refusal(401), refusal(401), new Response('yes')]);
    expect(answered).toBe('yes');
  });

  it('is not asked for when nobody waits for it', async () => {
    const left = AbortSignal.abort();
    await expect(ask([new Response('yes')], left)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
