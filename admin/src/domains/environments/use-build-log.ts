import { useEffect, useRef, useState } from 'react';
import type { EnvironmentBuildLine } from 'strapi-plugin-skills-shared/contracts';
import { followStream } from '../../http/follow-stream';
import { useAuthorizedFetch } from '../../http/use-authorized-fetch';

export interface BuildLog {
  text: string;
  /** True while the connection is lost and tried again. */
  reconnecting: boolean;
  error: unknown;
}

const nothing: BuildLog = { text: '', reconnecting: false, error: undefined };

/** What a build prints, as it comes, from its beginning. `onEnd` is called when there is no more. */
export function useBuildLog(buildId: string | undefined, onEnd: () => void): BuildLog {
  const fetch = useAuthorizedFetch();
  const [log, setLog] = useState(nothing);
  const ended = useRef(onEnd);
  ended.current = onEnd;

  useEffect(() => {
    if (buildId === undefined) return;
    const leaving = new AbortController();
    const change = (part: (now: BuildLog) => Partial<BuildLog>) => {
      if (!leaving.signal.aborted) setLog((now) => ({ ...now, ...part(now) }));
    };
    setLog(nothing);
    followStream({
      fetch,
      path: `/skills/environment-builds/${buildId}`,
      lastId: '',
      signal: leaving.signal,
      onReconnecting: (reconnecting) => change(() => ({ reconnecting })),
      onMessages: (messages) => {
        const texts = messages.map(({ data }) => (JSON.parse(data) as EnvironmentBuildLine).text);
        change(({ text }) => ({ text: text + texts.join('') }));
      },
    }).then(
      () => !leaving.signal.aborted && ended.current(),
      (error: unknown) => change(() => ({ error })),
    );
    return () => leaving.abort();
  }, [buildId, fetch]);
  return log;
}
