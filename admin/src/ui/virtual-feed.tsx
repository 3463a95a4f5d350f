import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { styled } from 'styled-components';
import { useFeedFocus } from './use-feed-focus';

const Scroller = styled.div<{ $height: string; $lines: boolean }>`
  max-height: ${({ $height }) => $height};
  overflow: ${({ $lines }) => ($lines ? 'auto' : 'hidden auto')};
  /* Where rows go when others are added above is decided here, not by the browser. */
  overflow-anchor: none;
  min-width: 0;
  border-radius: ${({ theme }) => theme.borderRadius};
  &:focus-visible,
  [role='article']:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
  ${({ theme, $lines }) =>
    $lines &&
    `
    min-height: 12rem;
    background: ${theme.colors.neutral100};
    border: 1px solid ${theme.colors.neutral200};
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    font-size: 1.2rem;
    line-height: 20px;
    color: ${theme.colors.neutral800};
  `}
`;

/** Nearer to the end than this many pixels, the reader wants to see what comes. */
const nearEnd = 40;
/** Nearer to an edge than this many pixels, what lies beyond it is asked for. */
const nearEdge = 800;
/** As often may an edge be come near to without the reader having done anything: enough to fill a screen. */
const unasked = 3;

export interface FeedRow {
  /** Stays with its row for as long as that is there. */
  key: string;
}

export interface FeedHandle {
  scrollToStart(): void;
  scrollToEnd(): void;
}

interface VirtualFeedProps<Row extends FeedRow> {
  rows: readonly Row[];
  renderRow: (row: Row, index: number) => ReactNode;
  /** Pixels that a row is about as high, until it is measured. Lines are as high as told. */
  estimate: (row: Row) => number;
  label: string;
  /** As high as it may become. */
  height: string;
  /** Lines do not wrap, and all are 20 pixels high. */
  lines?: boolean;
  /** Whether the last row is the newest there is: then the view stays at the end, unless the reader has scrolled up. */
  live: boolean;
  /** Whether rows are being read. */
  busy: boolean;
  onNearStart?: () => void;
  onNearEnd?: () => void;
  onAtEnd?: (atEnd: boolean) => void;
  /** The Home and End keys. */
  onJump?: (edge: 'start' | 'end') => void;
  handle?: Ref<FeedHandle>;
}

/**
 * Rows of any height, of which only those in view are in the page, however many there are. It opens at the end. Rows that are added
 * above do not move what is looked at. It takes the focus, so that the arrow keys scroll it; Home and End jump, and Page Down and Page Up
 * go from article to article.
 */
export function VirtualFeed<Row extends FeedRow>(props: VirtualFeedProps<Row>) {
  const { rows, renderRow, estimate, label, height, lines = false, live, busy } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const wasLive = useRef(live);
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimate(rows[index] as Row),
    getItemKey,
    overscan: lines ? 20 : 6,
    anchorTo: 'end',
    // A page that is read behind what was shown is gone on to by scrolling, not jumped over.
    followOnAppend: live && wasLive.current,
    scrollEndThreshold: nearEnd,
  });
  useEffect(() => {
    wasLive.current = live;
  });
  useImperativeHandle(props.handle, () => ({
    scrollToStart: () => virtualizer.scrollToOffset(0),
    scrollToEnd: () => virtualizer.scrollToEnd(),
  }));
  const opened = useRef(false);
  useLayoutEffect(() => {
    if (!opened.current) virtualizer.scrollToEnd();
    opened.current = true;
  }, [virtualizer]);
  const edges = useEdges(scroller, rows, props);
  const focus = useFeedFocus(scroller, {
    count: lines ? 0 : rows.length,
    inView: () => ({ first: virtualizer.range?.startIndex ?? 0, last: virtualizer.range?.endIndex ?? 0 }),
  });

  const onKeyDown = (event: KeyboardEvent) => {
    edges.touch();
    focus.onKeyDown(event);
    if (event.target !== scroller.current || (event.key !== 'Home' && event.key !== 'End')) return;
    event.preventDefault();
    props.onJump?.(event.key === 'Home' ? 'start' : 'end');
  };
  const shown = virtualizer.getVirtualItems();
  return (
    <Scroller
      ref={scroller}
      $height={height}
      $lines={lines}
      // While more is being read here, the wheel must not carry the page away instead.
      style={{ overscrollBehaviorY: busy ? 'contain' : undefined }}
      onScroll={edges.look}
      onWheel={edges.touch}
      onTouchMove={edges.touch}
      onPointerDown={edges.touch}
      onKeyDown={onKeyDown}
      onFocus={focus.onFocus}
      onBlur={focus.onBlur}
      tabIndex={0}
      role={lines ? 'log' : 'feed'}
      aria-label={label}
      aria-live="off"
      aria-busy={busy}
    >
      <div
        style={{
          height: virtualizer.getTotalSize(),
          position: 'relative',
          minWidth: lines ? 'max-content' : undefined,
        }}
      >
        <div
          style={{
            transform: `translateY(${shown[0]?.start ?? 0}px)`,
            ...(lines ? {} : { position: 'absolute', top: 0, left: 0, width: '100%' }),
          }}
        >
          {shown.map(({ index, key }) => (
            <div
              key={String(key)}
              data-index={index}
              ref={lines ? undefined : virtualizer.measureElement}
              {...(lines
                ? {}
                : { role: 'article', tabIndex: -1, 'aria-posinset': index + 1, 'aria-setsize': -1 })}
            >
              {renderRow(rows[index] as Row, index)}
            </div>
          ))}
        </div>
      </div>
    </Scroller>
  );
}

/** Notices when the reader is near an edge, or at the end. */
function useEdges<Row extends FeedRow>(
  scroller: React.RefObject<HTMLDivElement>,
  rows: readonly Row[],
  props: Pick<VirtualFeedProps<Row>, 'onNearStart' | 'onNearEnd' | 'onAtEnd' | 'busy'>,
) {
  const newest = useRef(props);
  newest.current = props;
  const left = useRef(unasked);
  const atEnd = useRef<boolean>();

  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { onNearStart, onNearEnd, onAtEnd, busy } = newest.current;
    const behind = element.scrollHeight - element.scrollTop - element.clientHeight;
    if (atEnd.current !== behind < nearEnd) {
      atEnd.current = behind < nearEnd;
      onAtEnd?.(atEnd.current);
    }
    if (busy || left.current === 0) return;
    const ask = element.scrollTop < nearEdge ? onNearStart : behind < nearEdge ? onNearEnd : undefined;
    if (!ask) return;
    left.current -= 1;
    ask();
  }, [scroller]);

  // A page may have brought too little to fill the view.
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [look, rows, props.busy]);

  const touch = useCallback(() => {
    left.current = unasked;
    look();
  }, [look]);
  return { look, touch };
}
