import type { Actor, RunMessage } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError, MissingError } from '../../../http/errors';
import type { Database } from '../../../platform/database';
import type { MaskOfSkill } from '../execution/masking/mask-of-skill';
import { hasEndedAlready } from '../cancellation';
import type { RunsRepository } from '../repository';
import { hasEnded, type RunRecord } from '../run-record';

/** People's words to agents at work. Whether a caller may send them is its caller's to know. */
export interface RunMessages {
  /** In the order in which they came. */
  list(runId: string): Promise<RunMessage[]>;
  /**
   * The agent reads it before its next step; a run that waits, when it goes on. Secrets that the skill's environment has are masked before
   * it is stored, those that it had when the run began when the agent reads it. Rejects with 409 `run-not-steerable` for a run that is no
   * agent's, `run-ended`, and `too-many-messages` while a hundred are unread.
   */
  send(
    run: Pick<RunRecord, 'id' | 'execution' | 'skillId'>,
    text: string,
    author: Actor,
  ): Promise<RunMessage>;
}

export interface RunMessagesOptions {
  database: Pick<Database, 'transaction'>;
  repository: Pick<RunsRepository, 'messages' | 'waiting'>;
  maskOf: MaskOfSkill;
}

/** Messages that may wait for an agent: all of them enter the conversation at once. */
const MAX_UNREAD = 100;

export function createRunMessages({ database, repository, maskOf }: RunMessagesOptions): RunMessages {
  return {
    list: (runId) => repository.messages.list(runId),

    async send({ id, execution, skillId }, words, author) {
      if (execution !== 'agent') {
        throw new ConflictError('No agent works on this run, so nobody would read a message.', {
          code: 'run-not-steerable',
        });
      }
      const text = (await maskOf(skillId)).text(words);
      return database.transaction(async () => {
        const run = await repository.waiting.lock(id);
        if (!run) throw new MissingError('There is no such run.', { code: 'run-not-found' });
        if (hasEnded(run.status)) throw hasEndedAlready(run);
        if ((await repository.messages.countUntaken(id)) >= MAX_UNREAD) {
          throw new ConflictError(`The agent has ${MAX_UNREAD} messages that it has not read yet.`, {
            code: 'too-many-messages',
            limit: MAX_UNREAD,
          });
        }
        return repository.messages.add(id, text, author);
      });
    },
  };
}
