const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#c8623f" stroke-width="3" stroke-linecap="round"><path d="M16 4v24M4 16h24M7.5 7.5l17 17M24.5 7.5l-17 17"/></svg>';

/** A plain asterisk in a warm colour: the vendor's own mark is its trademark. */
export const icon = `data:image/svg+xml,${encodeURIComponent(svg)}`;
