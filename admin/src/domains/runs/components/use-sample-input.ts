import { useEffect, useState } from 'react';
import type { VersionDetail } from 'strapi-plugin-skills-shared/contracts';
import { assertOk, escapePath } from '../../../http/skills-api';
import { useAuthorizedFetch } from '../../../http/use-authorized-fetch';

const samplePath = 'tests/sample_input.json';

/** The bundle's own sample input; `ready` is false while it is read. A sample that is no JSON is as good as none. */
export function useSampleInput({ id, files }: VersionDetail): { ready: boolean; input: unknown } {
  const fetch = useAuthorizedFetch();
  const digest = files.find(({ path }) => path === samplePath)?.digest;
  const [sample, setSample] = useState<{ digest: string | undefined; input: unknown }>();

  useEffect(() => {
    if (!digest) return;
    let left = false;
    const show = (input: unknown) => {
      if (!left) setSample({ digest, input });
    };
    fetch(`/skills/versions/${id}/files/${escapePath(samplePath)}`)
      .then(assertOk)
      .then((response) => response.json())
      .then(show)
      .catch(() => show(undefined));
    return () => {
      left = true;
    };
  }, [fetch, id, digest]);

  return digest
    ? { ready: sample?.digest === digest, input: sample?.input }
    : { ready: true, input: undefined };
}
