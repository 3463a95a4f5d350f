import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { RunChange } from 'strapi-plugin-skills-shared/contracts';
import { assertOk, escapePath } from '../../../../http/skills-api';
import { useAuthorizedFetch } from '../../../../http/use-authorized-fetch';
import { textOf } from '../../../../ui/content-kind';
import { Failed } from '../../../../ui/failed';
import { formatBytes } from '../../../../ui/format';
import { Loading } from '../../../../ui/loading';
import { saveBlob } from '../../../../ui/save-blob';
import { useNotify } from '../../../../ui/use-notify';
import { useT } from '../../../../ui/use-t';

const TextDiff = lazy(async () => ({ default: (await import('../../../../ui/text-diff')).TextDiff }));

/** Larger files are not fetched to be compared: 1 MiB. */
const comparedBytes = 1024 ** 2;

type Sides = { before: string; after: string } | 'binary' | { error: unknown } | undefined;

interface ChangedFileProps {
  runId: string;
  change: RunChange;
}

/** A file that a run changed: what differs, and both sides to download. */
export function ChangedFile({ runId, change }: ChangedFileProps) {
  const t = useT();
  const { locale } = useIntl();
  const notify = useNotify();
  const fetch = useAuthorizedFetch();
  const [sides, setSides] = useState<Sides>();
  const [attempt, setAttempt] = useState(0);
  const { path, before, after } = change;
  const large = (before?.size ?? 0) > comparedBytes || (after?.size ?? 0) > comparedBytes;

  const read = useCallback(
    async (side: 'before' | 'after') =>
      (await assertOk(await fetch(`/skills/runs/${runId}/changes/${side}/${escapePath(path)}`))).blob(),
    [fetch, runId, path],
  );
  const [beforeDigest, afterDigest] = [before?.digest, after?.digest];
  useEffect(() => {
    if (large) return;
    let left = false;
    const textIn = async (side: 'before' | 'after', digest: string | undefined) =>
      digest === undefined ? '' : textOf(await (await read(side)).arrayBuffer());
    Promise.all([textIn('before', beforeDigest), textIn('after', afterDigest)])
      .then(([old, now]): Sides =>
        old === undefined || now === undefined ? 'binary' : { before: old, after: now },
      )
      .catch((error: unknown): Sides => ({ error }))
      .then((result) => {
        if (!left) setSides(result);
      })
      .catch(() => undefined);
    return () => {
      left = true;
    };
  }, [read, large, beforeDigest, afterDigest, attempt]);

  const download = (side: 'before' | 'after') =>
    read(side)
      .then((blob) => saveBlob(blob, path.slice(path.lastIndexOf('/') + 1)))
      .catch(notify.failure);
  return (
    <Flex direction="column" alignItems="stretch" gap={3} minWidth={0}>
      <Flex gap={3} wrap="wrap">
        {after?.executable && (
          <Typography variant="pi" textColor="neutral600">
            {t('changes.executable')}
          </Typography>
        )}
        {before && (
          <Button size="S" variant="tertiary" startIcon={<Download />} onClick={() => download('before')}>
            {t('changes.before', { size: formatBytes(before.size, locale) })}
          </Button>
        )}
        {after && (
          <Button size="S" variant="tertiary" startIcon={<Download />} onClick={() => download('after')}>
            {t('changes.after', { size: formatBytes(after.size, locale) })}
          </Button>
        )}
      </Flex>
      <Box minWidth={0}>
        {large ? (
          <Typography textColor="neutral600">{t('diff.too-long')}</Typography>
        ) : sides === undefined ? (
          <Loading />
        ) : sides === 'binary' ? (
          <Typography textColor="neutral600">{t('preview.binary')}</Typography>
        ) : 'error' in sides ? (
          <Failed error={sides.error} onRetry={() => setAttempt(attempt + 1)} />
        ) : (
          <Suspense fallback={<Loading />}>
            <TextDiff before={sides.before} after={sides.after} path={path} label={path} />
          </Suspense>
        )}
      </Box>
    </Flex>
  );
}
