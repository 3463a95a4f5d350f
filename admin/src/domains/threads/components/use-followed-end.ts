import { useEffect, useLayoutEffect, type RefObject } from 'react';

/** Pixels from the end within which somebody counts as reading there. */
const nearEnd = 120;

/**
 * Opens a page that grows downwards at its end, and stays there while it grows, for who is reading there and for nobody else. `newest`
 * names what stands last: something new is looked at wherever one was.
 */
export function useFollowedEnd(end: RefObject<HTMLElement>, newest: string | undefined): void {
  useLayoutEffect(() => {
    if (newest !== undefined) end.current?.scrollIntoView({ block: 'end' });
  }, [end, newest]);

  useEffect(() => {
    const mark = end.current;
    const content = mark?.parentElement;
    if (!mark || !content) return;
    let reading = true;
    const look = () => {
      reading = mark.getBoundingClientRect().bottom <= window.innerHeight + nearEnd;
    };
    const observer = new ResizeObserver(() => {
      if (reading) mark.scrollIntoView({ block: 'end' });
    });
    observer.observe(content);
    // Capturing: which element scrolls is the panel's to decide, and scrolling does not bubble.
    document.addEventListener('scroll', look, { capture: true, passive: true });
    return () => {
      observer.disconnect();
      document.removeEventListener('scroll', look, { capture: true });
    };
  }, [end]);
}
