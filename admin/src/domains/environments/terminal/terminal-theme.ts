import type { ITheme } from '@xterm/xterm';
import type { DefaultTheme } from 'styled-components';

/** A terminal in Strapi's colours; in dark mode the theme's own names change their values. */
export function terminalTheme({ colors }: DefaultTheme): ITheme {
  return {
    background: colors.neutral0,
    foreground: colors.neutral800,
    cursor: colors.neutral800,
    cursorAccent: colors.neutral0,
    selectionBackground: `${colors.primary500}55`,
    black: colors.neutral800,
    red: colors.danger600,
    green: colors.success600,
    yellow: colors.warning600,
    blue: colors.primary600,
    magenta: colors.alternative600,
    cyan: colors.secondary600,
    white: colors.neutral500,
    brightBlack: colors.neutral500,
    brightRed: colors.danger700,
    brightGreen: colors.success700,
    brightYellow: colors.warning700,
    brightBlue: colors.primary700,
    brightMagenta: colors.alternative700,
    brightCyan: colors.secondary700,
    brightWhite: colors.neutral900,
  };
}
