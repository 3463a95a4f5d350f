import type { ReactNode } from 'react';
import { Layouts, Page, SubNav, useIsMobile } from '@strapi/strapi/admin';
import { Box, Flex } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';
import { useT } from './use-t';

export interface SectionLink {
  to: string;
  label: string;
}

const PlainLink = styled(NavLink)`
  padding: 0.8rem 1.2rem;
  border-radius: ${({ theme }) => theme.borderRadius};
  color: ${({ theme }) => theme.colors.neutral800};
  text-decoration: none;
  &.active {
    background: ${({ theme }) => theme.colors.primary100};
    color: ${({ theme }) => theme.colors.primary700};
    font-weight: 500;
  }
`;

/** The plugin's pages beside their navigation; on a narrow window the navigation stands above, where Strapi shows none. */
export function SectionLayout({ links, children }: { links: SectionLink[]; children: ReactNode }) {
  const t = useT();
  const narrow = useIsMobile();
  const sideNav = (
    <SubNav.Main aria-label={t('plugin.name')}>
      <SubNav.Header label={t('plugin.name')} />
      <SubNav.Content>
        <SubNav.Sections>
          {[
            <Flex
              key="links"
              tag="ul"
              direction="column"
              alignItems="stretch"
              gap={1}
              paddingLeft={2}
              paddingRight={2}
            >
              {links.map(({ to, label }) => (
                <li key={to}>
                  <SubNav.Link to={to} label={label} />
                </li>
              ))}
            </Flex>,
          ]}
        </SubNav.Sections>
      </SubNav.Content>
    </SubNav.Main>
  );
  return (
    <Layouts.Root sideNav={links.length > 1 ? sideNav : undefined}>
      {narrow && links.length > 1 && (
        <Box
          tag="nav"
          aria-label={t('plugin.name')}
          paddingLeft={4}
          paddingRight={4}
          paddingTop={3}
          background="neutral100"
        >
          <Flex gap={2} wrap="wrap">
            {links.map(({ to, label }) => (
              <PlainLink key={to} to={to}>
                {label}
              </PlainLink>
            ))}
          </Flex>
        </Box>
      )}
      <Page.Main>{children}</Page.Main>
    </Layouts.Root>
  );
}
