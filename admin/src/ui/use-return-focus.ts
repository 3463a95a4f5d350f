import { useState } from 'react';

/**
 * For the content of a dialog that has no trigger of its own: gives the focus back to what had it when the dialog opened. Left
 * to itself such a dialog leaves the focus nowhere, and whoever uses the keyboard begins again at the top of the page.
 */
export function useReturnFocus(): (event: Event) => void {
  const [before] = useState(() => document.activeElement);
  return (event) => {
    if (!(before instanceof HTMLElement) || !before.isConnected) return;
    event.preventDefault();
    before.focus();
  };
}
