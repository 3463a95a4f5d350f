import { useRef, useState } from 'react';
import type { Run, RunCreate } from 'strapi-plugin-skills-shared/contracts';
import { toFailure, type ApiFailure } from '../../../http/api-failure';
import { useStartRunMutation } from '../../runs';
import { useCreateThreadMutation } from '../api';
import { threadNameFrom } from './thread-name';

interface Start {
  /** The request, once the thread is known. */
  request: (thread: string) => RunCreate;
  prompt: string;
  files: readonly File[];
}

interface StartInThread {
  busy: boolean;
  /** Why the last start in the thread that is open failed. */
  failure: ApiFailure | undefined;
  /** Answers the run, or undefined when it was not started; a second press while one is under way does nothing. */
  start: (what: Start) => Promise<Run | undefined>;
}

/** The body of a start: JSON, or with files a form whose `payload` field is that JSON. */
function bodyOf(payload: RunCreate, files: readonly File[]): RunCreate | FormData {
  if (files.length === 0) return payload;
  const form = new FormData();
  form.append('payload', JSON.stringify(payload));
  for (const file of files) form.append('files', file);
  return form;
}

/**
 * Starts one run for each press, in the thread that is open or in one that is made for it: `onThread` is told then, whatever becomes of
 * the run.
 */
export function useStartInThread(
  skillId: string,
  thread: string,
  onThread: (threadId: string) => void,
): StartInThread {
  const [createThread] = useCreateThreadMutation();
  const [startRun] = useStartRunMutation();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ thread: string; failure: ApiFailure }>();
  const underWay = useRef(false);

  const threadFor = async (prompt: string): Promise<string> => {
    if (thread !== '') return thread;
    const { id } = await createThread({ skillId, name: threadNameFrom(prompt) }).unwrap();
    onThread(id);
    return id;
  };
  const send = ({ request, files }: Start, into: string): Promise<Run> =>
    startRun({ skillId, body: bodyOf(request(into), files) }).unwrap();
  const start = async (what: Start): Promise<Run | undefined> => {
    if (underWay.current) return undefined;
    underWay.current = true;
    setBusy(true);
    setFailed(undefined);
    let into = thread;
    try {
      into = await threadFor(what.prompt);
      return await send(what, into);
    } catch (error) {
      setFailed({ thread: into, failure: toFailure(error) });
      return undefined;
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };
  return { busy, failure: failed?.thread === thread ? failed.failure : undefined, start };
}
