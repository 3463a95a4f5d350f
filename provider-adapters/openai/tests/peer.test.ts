import type { WebSearchTool } from 'openai/resources/responses/responses';
import { z } from 'zod';
import { startOpenAIPeer } from '../../../tests/support/peers/openai';
import { exact, unused } from '../../../tests/support/peers/openai/schemas/exact';

const members = {
  type: z.literal('web_search'),
  search_context_size: unused,
  user_location: unused,
  filters: unused,
};

it('does not compile with a member less, a member more, or a wrong value than the SDK’s types have', () => {
  const { filters: _filters, ...less } = members;
  // @ts-expect-error -- a member of the type is missing
  exact<WebSearchTool>()(less);
  // @ts-expect-error -- the type has no such member
  exact<WebSearchTool>()({ ...members, sources: unused });
  // @ts-expect-error -- the type has no such value
  exact<WebSearchTool>()({ ...members, type: z.literal('web_find') });
  expect(exact<WebSearchTool>()(members).parse({ type: 'web_search' })).toEqual({ type: 'web_search' });
});

it.each([
  ['responses', { temperature: 1 }],
  ['responses', { tools: [{ type: 'web_search', depth: 3 }] }],
  ['responses', { tools: [{ type: 'code_interpreter' }] }],
  ['responses', { store: true }],
  ['responses', { input: [{ type: 'reasoning', id: 'rs_1', summary: [] }] }],
  ['chat/completions', { messages: [] }],
])('refuses a request to %s with %j, and remembers it', async (path, wrong) => {
  const peer = await startOpenAIPeer();
  try {
    const body = {
      model: 'm',
      stream: true,
      ...(path === 'responses'
        ? { store: false, input: [{ role: 'user', content: 'Hi' }] }
        : { messages: [{ role: 'user', content: 'Hi' }] }),
    };
    const send = (json: object) =>
      fetch(`${peer.url}/${path}`, { method: 'POST', body: JSON.stringify(json) }).then(async (response) => {
        await response.text();
        return response.status;
      });
    expect(await send(body)).toBe(200);
    expect(peer.failures).toEqual([]);
    expect(await send({ ...body, ...wrong })).toBe(400);
    expect(peer.failures).toHaveLength(1);
  } finally {
    await peer.close();
  }
});
