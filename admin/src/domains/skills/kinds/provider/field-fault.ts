import { toFailure } from '../../../../http/api-failure';

/** The server's sentence if `field` is what it refused; what it says about a part of a field stands at that part. */
export function fieldFault(error: unknown, field: string): string | undefined {
  if (!error) return undefined;
  const { details, message } = toFailure(error);
  return details?.path?.length === 1 && details.path[0] === field ? message : undefined;
}
