import { Typography } from '@strapi/design-system';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { useT } from '../../../../ui/use-t';

/** Why an answer that ended is not what one might take it for: it was cut, or refused. */
export function CutNote({ run }: { run: Run }) {
  const t = useT();
  const reason = finishReasonOf(run.output);
  if (reason !== 'length' && reason !== 'refusal') return null;
  return (
    <Typography textColor="warning700" role="status">
      {t(reason === 'length' ? 'answer.cut' : 'answer.refused')}
    </Typography>
  );
}

function finishReasonOf(output: unknown): unknown {
  return typeof output === 'object' && output !== null && 'finishReason' in output
    ? output.finishReason
    : undefined;
}
