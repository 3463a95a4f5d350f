import { styled } from 'styled-components';

/** Typography for rendered Markdown, in the panel's colours, light and dark. */
export const MarkdownBody = styled.div`
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.4rem;
  line-height: 1.6;
  overflow-wrap: anywhere;

  > :first-child {
    margin-top: 0;
  }
  h1,
  h2,
  h3,
  h4,
  h5,
  h6 {
    margin: 2.4rem 0 0.8rem;
    font-weight: 600;
    line-height: 1.3;
  }
  h1 {
    font-size: 2.2rem;
  }
  h2 {
    font-size: 1.8rem;
  }
  h3 {
    font-size: 1.6rem;
  }
  p,
  ul,
  ol,
  blockquote,
  table,
  pre {
    margin: 0 0 1.2rem;
  }
  ul,
  ol {
    padding-left: 2.4rem;
  }
  ul {
    list-style: disc;
  }
  ol {
    list-style: decimal;
  }
  a {
    color: ${({ theme }) => theme.colors.primary600};
    text-decoration: underline;
  }
  strong {
    font-weight: 600;
  }
  em {
    font-style: italic;
  }
  code {
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    font-size: 0.9em;
    padding: 0.1em 0.3em;
    border-radius: 3px;
    background: ${({ theme }) => theme.colors.neutral150};
  }
  pre {
    padding: 1.2rem;
    overflow-x: auto;
    border-radius: ${({ theme }) => theme.borderRadius};
    background: ${({ theme }) => theme.colors.neutral100};
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
  }
  pre code {
    padding: 0;
    background: none;
  }
  blockquote {
    padding-left: 1.6rem;
    border-left: 4px solid ${({ theme }) => theme.colors.neutral200};
    color: ${({ theme }) => theme.colors.neutral600};
  }
  table {
    display: block;
    max-width: 100%;
    overflow-x: auto;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 0.6rem 1.2rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    text-align: left;
  }
  th {
    font-weight: 600;
    background: ${({ theme }) => theme.colors.neutral100};
  }
  hr {
    border: 0;
    border-top: 1px solid ${({ theme }) => theme.colors.neutral200};
    margin: 2.4rem 0;
  }
  img {
    max-width: 100%;
  }
`;
