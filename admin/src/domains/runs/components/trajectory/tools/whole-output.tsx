import { useState } from 'react';
import { Box, Button, Typography } from '@strapi/design-system';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { useT } from '../../../../../ui/use-t';
import { OpenFile } from '../../run-files';

/** All of an output that was cut for the model. */
export function WholeOutput({ run, name }: { run: Run; name: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const file = run.artifacts.find((artifact) => artifact.name === name);
  return (
    <Box minWidth={0}>
      <Typography variant="pi" textColor="neutral600" tag="p">
        {t('tool.output-cut')}
      </Typography>
      {file && !open && (
        <Button size="S" variant="tertiary" onClick={() => setOpen(true)}>
          {t('tool.output-whole', { name })}
        </Button>
      )}
      {file && open && <OpenFile runId={run.id} place="artifacts" file={file} named />}
    </Box>
  );
}
