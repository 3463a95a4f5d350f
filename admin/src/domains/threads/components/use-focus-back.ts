import { useEffect, useRef, type RefObject } from 'react';

interface FocusBack<Container extends HTMLElement> {
  /** What holds the button or link that gets the focus. */
  container: RefObject<Container>;
  /** Says that a key has closed the field, not a click elsewhere, which has put the focus there. */
  closedByKey: () => void;
}

/** Gives the focus to what stands where a field was, once a key has closed it. Left to itself the focus falls to the page's top. */
export function useFocusBack<Container extends HTMLElement>(open: boolean): FocusBack<Container> {
  const container = useRef<Container>(null);
  const byKey = useRef(false);
  useEffect(() => {
    if (open || !byKey.current) return;
    byKey.current = false;
    container.current?.querySelector<HTMLElement>('a, button, [role="combobox"]')?.focus();
  }, [open]);
  return {
    container,
    closedByKey: () => {
      byKey.current = true;
    },
  };
}
