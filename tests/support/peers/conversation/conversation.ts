import type { PeerAnswer } from '../openai/answers';
import { transcriptOf, type Transcript } from './transcript';

/** One turn of a scripted model. */
export type Turn = PeerAnswer | ((transcript: Transcript, attempt: number) => PeerAnswer);

/** Turns by the name of their script; after the last one, the model says that it is done. */
export type Scripts = Readonly<Record<string, readonly Turn[]>>;

/** What a prompt says to be answered by a script: `prompt('report', 'Write it.')`. */
export const prompt = (script: string, text = 'Do it.'): string => `[script:${script}] ${text}`;

/** A tool call of a turn. */
export const call = (name: string, input: object | string, id?: string) => ({
  name,
  arguments: input,
  ...(id === undefined ? {} : { id }),
});

/**
 * A model that follows scripts, for a peer's `answers`. Which script, the first person's words say; which turn, how often the model has
 * spoken since: so that any number of conversations go on at once, and one that is taken up again goes on where it was. `attempt`
 * counts the requests for one turn of a conversation, from 0: a turn may refuse the first and answer the second.
 */
export function conversation(scripts: Scripts): (request: object) => PeerAnswer {
  const attempts = new Map<string, number>();
  return (request) => {
    const transcript = transcriptOf(request);
    const { said, turns } = transcript;
    const name = /\[script:([\w-]+)\]/.exec(said.join('\n'))?.[1] ?? '';
    const turn = scripts[name]?.[turns];
    if (turn === undefined) return { text: scripts[name] ? 'Done.' : `There is no script "${name}".` };
    if (typeof turn !== 'function') return turn;
    const key = JSON.stringify([said[0], turns]);
    const attempt = attempts.get(key) ?? 0;
    attempts.set(key, attempt + 1);
    return turn(transcript, attempt);
  };
}
