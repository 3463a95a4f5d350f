/** A hexagonal knot in the text's colour: a sign for OpenAI's family that is not its trademark. */
export const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#0f766e" stroke-width="2" stroke-linejoin="round"><path d="M12 2.5 20.2 7.2v9.6L12 21.5 3.8 16.8V7.2Z"/><path d="M12 7.5 16 9.8v4.5L12 16.5 8 14.3V9.8Z"/></svg>',
)}`;
