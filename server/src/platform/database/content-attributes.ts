const hidden = { private: true, configurable: false } as const;

/**
 * Attributes of the plugin's content types, which no API but ours shows. Functions, because Strapi writes each attribute's column name
 * into its object.
 */
export const text = () => ({ type: 'text', ...hidden }) as const;
export const words = () => ({ type: 'string', ...hidden }) as const;
export const flag = () => ({ type: 'boolean', ...hidden }) as const;
export const count = () => ({ type: 'integer', ...hidden }) as const;
/** Milliseconds since 1970. */
export const time = () => ({ type: 'biginteger', ...hidden }) as const;
/** A name that relations may show. */
export const shown = () => ({ type: 'string', required: true, configurable: false }) as const;
