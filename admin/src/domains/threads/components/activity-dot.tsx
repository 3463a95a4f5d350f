import { keyframes, styled } from 'styled-components';

const pulse = keyframes`
  50% { opacity: 0.35; }
`;

const Dot = styled.span`
  flex: none;
  width: 0.8rem;
  height: 0.8rem;
  border-radius: 50%;
  background: ${({ theme }) => theme.colors.success500};
  animation: ${pulse} 1.6s ease-in-out infinite;
  @media (prefers-reduced-motion: reduce) {
    animation: none;
  }
`;

/** Something goes on here. */
export function ActivityDot({ label }: { label: string }) {
  return <Dot role="img" aria-label={label} title={label} />;
}
