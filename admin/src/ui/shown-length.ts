/** Longer texts are cut on the page. */
export const shownCharacters = 200_000;

/** Longer texts, taken together, are not compared: the page would stand still. */
export const comparedCharacters = 400_000;
