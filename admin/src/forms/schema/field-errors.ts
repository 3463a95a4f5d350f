import type { FieldPath } from './settings-values';

/** What is wrong with fields, by the key of their path. */
export type FieldErrors = Record<string, string>;

/** The key of a field in `FieldErrors`: `location.city`, `rows.0.name`. */
export const fieldKey = (path: FieldPath): string => path.join('.');

/** The first error at a field or within it, for fields that show their parts as one. */
export function errorWithin(errors: FieldErrors, path: FieldPath): string | undefined {
  const key = fieldKey(path);
  if (errors[key]) return errors[key];
  return Object.entries(errors).find(([other]) => other.startsWith(`${key}.`))?.[1];
}

/** Moves the focus to the first field that is at fault, once the errors stand at their fields. */
export function focusFirstError(container: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const fault = container?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const input = fault?.matches('fieldset') ? fault.querySelector<HTMLElement>('input, button') : fault;
    input?.focus();
  });
}
