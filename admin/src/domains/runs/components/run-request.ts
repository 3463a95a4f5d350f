import type { RunCreate } from 'strapi-plugin-skills-shared/contracts';

/**
 * The body of a request to start a run: JSON, or with files a form whose `payload` field is that JSON and whose other fields are
 * named as the declared inputs that their files are for.
 */
export function runRequestBody(
  payload: RunCreate,
  files: Readonly<Record<string, File | undefined>>,
): RunCreate | FormData {
  const chosen = Object.entries(files).filter((entry): entry is [string, File] => entry[1] !== undefined);
  if (chosen.length === 0) return payload;
  const form = new FormData();
  form.append('payload', JSON.stringify(payload));
  for (const [name, file] of chosen) form.append(name, file);
  return form;
}
