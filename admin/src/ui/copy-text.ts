/**
 * Puts a text on the clipboard; false where the browser does not allow it. Pages over plain http, other than on this machine, have no
 * `navigator.clipboard`: there a selection is copied.
 */
export async function copyText(text: string, { navigator, document }: Window = window): Promise<boolean> {
  try {
    // Declared as if it were everywhere.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (clipboard) {
      await clipboard.writeText(text);
      return true;
    }
  } catch {
    // Forbidden here: a selection may not be.
  }
  return copySelection(text, document);
}

function copySelection(text: string, document: Document): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  Object.assign(field.style, { position: 'fixed', top: '0', opacity: '0' });
  // Beside the button: a dialog takes the focus back from what stands outside of it.
  (focused?.parentElement ?? document.body).append(field);
  try {
    field.select();
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused && 'focus' in focused) (focused as HTMLElement).focus();
  }
}
