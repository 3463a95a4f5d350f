import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useT } from '../../../ui/use-t';
import { webAddress, type Source } from './trajectory/trajectory-item';

const List = styled.ol`
  list-style: none;
  display: flex;
  flex-direction: column;
  gap: 0.8rem;
  li {
    display: flex;
    gap: 0.8rem;
    min-width: 0;
  }
  a {
    color: ${({ theme }) => theme.colors.primary600};
    overflow-wrap: anywhere;
  }
`;

const hostOf = (address: string): string => new URL(address).host;

function SourceText({ source }: { source: Source }) {
  const t = useT();
  const address = webAddress(source.url);
  const name = source.title ?? address ?? source.url ?? t('answer.source-unnamed');
  return (
    <Box minWidth={0}>
      {address ? (
        <Flex gap={2} wrap="wrap" alignItems="baseline">
          <a href={address} target="_blank" rel="noreferrer noopener">
            <Typography textColor="primary600">{name}</Typography>
          </a>
          <Typography variant="pi" textColor="neutral600">
            {hostOf(address)}
          </Typography>
        </Flex>
      ) : (
        <Typography style={{ overflowWrap: 'anywhere' }}>{name}</Typography>
      )}
      {source.quotes.map((quote) => (
        <Typography
          key={quote}
          tag="p"
          variant="pi"
          textColor="neutral600"
          style={{ overflowWrap: 'anywhere' }}
        >
          “{quote}”
        </Typography>
      ))}
    </Box>
  );
}

/** What an answer cites, numbered. Only addresses of the web are links: whatever else a stranger sends stays text. */
export function SourceList({ sources }: { sources: readonly Source[] }) {
  const t = useT();
  if (sources.length === 0) return null;
  return (
    <section aria-label={t('answer.sources')}>
      <Typography variant="sigma" textColor="neutral600" tag="h3">
        {t('answer.sources')}
      </Typography>
      <Box paddingTop={2}>
        <List>
          {sources.map((source, index) => (
            <li key={`${source.url ?? ''} ${source.title ?? ''}`}>
              <Typography textColor="neutral600" style={{ flex: 'none' }}>
                [{index + 1}]
              </Typography>
              <SourceText source={source} />
            </li>
          ))}
        </List>
      </Box>
    </section>
  );
}
