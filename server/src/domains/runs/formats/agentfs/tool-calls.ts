import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';
import type { WrittenCall } from './agentfs-writer';

export interface Recounted {
  /** In the order in which they were made. */
  calls: WrittenCall[];
  events: number;
}

/** Puts the calls of tools together from a run's events: each with the first result that came for it after it was made. */
export async function recount(batches: AsyncIterable<readonly RunEvent[]>): Promise<Recounted> {
  const calls: WrittenCall[] = [];
  const open = new Map<string, WrittenCall>();
  let events = 0;
  for await (const batch of batches) {
    events += batch.length;
    for (const { at, payload } of batch) {
      const time = Date.parse(at);
      if (payload.type === 'tool-call') {
        const call: WrittenCall = {
          name: payload.name,
          parameters: payload.input,
          startedAt: time,
          outcome: null,
        };
        calls.push(call);
        open.set(payload.id, call);
      }
      if (payload.type === 'tool-result') {
        const call = open.get(payload.id);
        open.delete(payload.id);
        if (call) call.outcome = { at: time, isError: payload.isError, output: payload.output };
      }
    }
  }
  return { calls, events };
}
