import { Button } from '@strapi/design-system';
import { Stop } from '@strapi/icons';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useCancelRunMutation } from '../api';

/** Ends a run that goes on. */
export function CancelButton({ runId }: { runId: string }) {
  const t = useT();
  const notify = useNotify();
  const [cancel, { isLoading }] = useCancelRunMutation();
  const press = async () => {
    const result = await cancel(runId);
    if ('error' in result) notify.failure(result.error);
  };
  return (
    <Button size="S" variant="danger-light" startIcon={<Stop />} loading={isLoading} onClick={press}>
      {t('run.cancel')}
    </Button>
  );
}
