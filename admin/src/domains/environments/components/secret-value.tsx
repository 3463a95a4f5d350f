import { useState } from 'react';
import { Button, Flex, Textarea } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useT } from '../../../ui/use-t';

/** Lines must be kept, as in keys, which a password's input would join. */
const Hidden = styled.div<{ $shown: boolean }>`
  textarea {
    min-height: 6rem;
    -webkit-text-security: ${({ $shown }) => ($shown ? 'none' : 'disc')};
  }
`;

interface SecretValueProps {
  label: string;
  value: string;
  /** Takes the focus: it has just taken the place of the button that was pressed. */
  focused: boolean;
  onChange: (value: string) => void;
}

/** Where a secret is typed: hidden unless one wants to look; never filled in by us, nor kept by the browser. */
export function SecretValue({ label, value, focused, onChange }: SecretValueProps) {
  const t = useT();
  const [shown, setShown] = useState(false);
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <Hidden $shown={shown}>
        <Textarea
          aria-label={label}
          value={value}
          autoFocus={focused}
          autoComplete="off"
          spellCheck={false}
          maxLength={16_384}
          onChange={(event) => onChange(event.target.value)}
        />
      </Hidden>
      <Flex>
        <Button size="S" variant="ghost" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {t(shown ? 'schema-form.secret.hide' : 'schema-form.secret.show')}
        </Button>
      </Flex>
    </Flex>
  );
}
