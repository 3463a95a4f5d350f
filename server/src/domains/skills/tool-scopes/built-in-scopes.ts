import type { ToolScope } from 'strapi-plugin-skills-shared/contracts';

const builtIn = (id: string, name: string, description: string): ToolScope => ({
  id,
  name,
  description,
  source: 'built-in',
});

/** The scopes that every installation has. Their ids are stored with skills and limits: they never change. */
export const builtInScopes: readonly ToolScope[] = [
  builtIn('content-read', 'Read content', "Reads the site's entries."),
  builtIn('content-write', 'Write content', 'Creates, changes, publishes or deletes entries.'),
  builtIn('media-read', 'Read media', 'Reads the media library.'),
  builtIn('media-write', 'Write media', 'Uploads, changes or deletes media.'),
  builtIn(
    'navigation',
    'Navigation',
    'Finds its way around the site: routes, menus, the structure of pages.',
  ),
  builtIn('translation', 'Translation', 'Reads and writes the locales of entries.'),
  builtIn('search', 'Search', "Searches what the site's owner keeps: documents, files, indexes."),
  builtIn('web', 'Web', 'Searches or reads the public web.'),
  builtIn('code', 'Code', 'Writes and runs code.'),
  builtIn('images', 'Images', 'Makes or changes images.'),
  builtIn('files', 'Files', 'Makes or changes documents and other files.'),
];
