import { Box, Flex } from '@strapi/design-system';
import { PuzzlePiece } from '@strapi/icons';

/** A provider's own icon, or a piece of a puzzle. Its name stands beside it, so it says nothing to a screen reader. */
export function ProviderIcon({ icon, size = '2.4rem' }: { icon: string | null; size?: string }) {
  return (
    <Flex
      justifyContent="center"
      // White in the dark too: icons are drawn for paper.
      background="buttonNeutral0"
      borderColor="neutral150"
      hasRadius
      padding={1}
      width={`calc(${size} + 0.8rem)`}
      height={`calc(${size} + 0.8rem)`}
      shrink={0}
      aria-hidden
    >
      {/* Only what an adapter brought itself: the panel's policy forbids images from elsewhere, and the server checks. */}
      {icon?.startsWith('data:image/') ? (
        <Box tag="img" src={icon} alt="" width={size} height={size} />
      ) : (
        <PuzzlePiece width={size} height={size} fill="neutral500" />
      )}
    </Flex>
  );
}
