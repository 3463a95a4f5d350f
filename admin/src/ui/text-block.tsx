import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { shownCharacters } from './shown-length';
import { useT } from './use-t';

const Block = styled.pre`
  max-height: 48rem;
  overflow: auto;
  margin: 0;
  padding: 1.2rem;
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  font-size: 1.2rem;
  line-height: 1.5;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  color: ${({ theme }) => theme.colors.neutral800};
  background: ${({ theme }) => theme.colors.neutral100};
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
`;

/** Text as it is, scrollable by keyboard; the beginning of what is longer than `shownCharacters`. */
export function TextBlock({ text, label }: { text: string; label: string }) {
  const t = useT();
  return (
    <>
      <Block tabIndex={0} role="region" aria-label={label}>
        {text.slice(0, shownCharacters)}
      </Block>
      {text.length > shownCharacters && (
        <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={2}>
          {t('preview.text-cut', { count: shownCharacters })}
        </Typography>
      )}
    </>
  );
}

/** A JSON value, indented. */
export function JsonBlock({ value, label }: { value: unknown; label: string }) {
  return <TextBlock text={JSON.stringify(value, null, 2) ?? 'null'} label={label} />;
}
