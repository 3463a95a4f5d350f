import { useLayoutEffect, useRef, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';
import { articleFor } from './feed-article';

interface Feed {
  count: number;
  /** The first and the last row in view. */
  inView: () => { first: number; last: number };
}

/** What takes Page Up and Page Down for itself. */
const writable = 'input, textarea, select, [contenteditable="true"]';

/** Lets the keyboard go through the articles of a feed, and keeps the focus in the feed when the article that has it leaves the page. */
export function useFeedFocus(scroller: RefObject<HTMLElement>, feed: Feed) {
  const focused = useRef<Element>();
  useLayoutEffect(() => {
    if (!focused.current || focused.current.isConnected) return;
    focused.current = undefined;
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (target.closest(writable)) return;
    const article = target.closest<HTMLElement>('[role="article"]');
    const from = article === null ? undefined : Number(article.dataset.index);
    const index = articleFor(event.key, { focused: from, inView: feed.inView(), count: feed.count });
    const next =
      index === undefined ? null : scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return {
    onKeyDown,
    onFocus: ({ target }: FocusEvent) => {
      focused.current = target;
    },
    onBlur: ({ target }: FocusEvent) => {
      // One that is taken away has not given the focus to anything: that is told apart only once it is gone.
      requestAnimationFrame(() => {
        if (focused.current === target && target.isConnected) focused.current = undefined;
      });
    },
  };
}
