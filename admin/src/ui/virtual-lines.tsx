import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { visibleRows } from './line-window';

const rowHeight = 20;
const overscan = 20;
/** Nearer to the end than this many pixels, the reader wants to see what comes. */
const nearEnd = 30;

const Scroller = styled.div<{ $height: string }>`
  max-height: ${({ $height }) => $height};
  min-height: 12rem;
  overflow: auto;
  padding-bottom: 4px;
  overscroll-behavior: contain;
  background: ${({ theme }) => theme.colors.neutral100};
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  font-size: 1.2rem;
  line-height: ${rowHeight}px;
  color: ${({ theme }) => theme.colors.neutral800};
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;

interface VirtualLinesProps {
  count: number;
  /** One line, `rowHeight` pixels high, that does not wrap. */
  renderLine: (index: number) => ReactNode;
  label: string;
  /** Stays at the end while lines are added, unless the reader has scrolled up. */
  followEnd?: boolean;
  height?: string;
}

/** Thousands of lines with only those in view in the page. It takes the focus, so that the arrow keys scroll it. */
export function VirtualLines({
  count,
  renderLine,
  label,
  followEnd = false,
  height = '48rem',
}: VirtualLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [view, setView] = useState({ scrollTop: 0, height: 480 });

  const measure = () => {
    const element = scroller.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
    setView({ scrollTop: element.scrollTop, height: element.clientHeight });
  };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (followEnd && atEnd.current) element.scrollTop = element.scrollHeight;
    setView({ scrollTop: element.scrollTop, height: element.clientHeight });
  }, [count, followEnd]);

  const { start, end } = visibleRows({ ...view, rowHeight, count, overscan });
  const indexes = Array.from({ length: end - start }, (_, offset) => start + offset);
  return (
    <Scroller
      ref={scroller}
      $height={height}
      onScroll={measure}
      tabIndex={0}
      role="log"
      aria-label={label}
      aria-live="off"
    >
      <div style={{ height: count * rowHeight, position: 'relative', minWidth: 'max-content' }}>
        <div style={{ transform: `translateY(${start * rowHeight}px)` }}>{indexes.map(renderLine)}</div>
      </div>
    </Scroller>
  );
}
