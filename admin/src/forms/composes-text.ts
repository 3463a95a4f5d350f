import type { KeyboardEvent } from 'react';

/** What browsers call a key that an input method has taken for itself. */
const takenKey = 229;

/**
 * Whether a key belongs to an input method, such as the Enter that takes over a suggested Japanese word. Safari reports that key only
 * after the word is composed, and then by this code alone.
 */
export function composesText(
  event: Pick<KeyboardEvent, 'keyCode'> & { nativeEvent: { isComposing: boolean } },
): boolean {
  return event.nativeEvent.isComposing || event.keyCode === takenKey;
}
