import { useEffect, useState } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import { IconButton } from '@strapi/design-system';
import { Check, Duplicate } from '@strapi/icons';
import { copyText } from './copy-text';
import { useT } from './use-t';

interface CopyButtonProps {
  label: string;
  /** Asked for when it is to be copied: it may be long. */
  text: () => string;
}

/** As long as it is said that something was copied, in milliseconds. */
const saidFor = 2_000;

/** Copies a text, and says so. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const t = useT();
  const { toggleNotification } = useNotification();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), saidFor);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    const done = await copyText(text());
    setCopied(done);
    if (!done) toggleNotification({ type: 'warning', message: t('copy.failed') });
  };
  return (
    <IconButton
      type="button"
      size="XS"
      variant="ghost"
      label={copied ? t('copy.done') : label}
      onClick={() => void copy()}
    >
      {copied ? <Check /> : <Duplicate />}
    </IconButton>
  );
}
