const MAX_NAME_BYTES = 512;

/** True for a relative path with `/` that stays where it is put: no empty, `.` or `..` parts, no control characters. */
export function isSafeName(name: string): boolean {
  if (name === '' || Buffer.byteLength(name) > MAX_NAME_BYTES || /[\u0000-\u001f\u007f\\]/.test(name))
    return false;
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
