import { useCallback } from 'react';
import { useIntl, type PrimitiveType } from 'react-intl';
import type en from '../translations/en.json';

/** A text of the panel: a key of `translations/en.json`. */
export type MessageKey = keyof typeof en;

export type Translate = (key: MessageKey, values?: Record<string, PrimitiveType>) => string;

/** The id under which Strapi holds a text of this plugin. */
export const messageId = (key: MessageKey): string => `skills.${key}`;

/** Translates a text of the plugin. Strapi falls back to English for a language that lacks it. */
export function useT(): Translate {
  const { formatMessage } = useIntl();
  return useCallback((key, values) => formatMessage({ id: messageId(key) }, values), [formatMessage]);
}
