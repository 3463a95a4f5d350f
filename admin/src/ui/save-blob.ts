/** Hands a file to the browser's downloads. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the URL after this turn; one minute is ample, and frees the memory of a large file.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
