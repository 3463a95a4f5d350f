import { specificationVersion } from '../../provider';
import { demand, show } from '../assertions';
import type { Requirement } from '../requirement';

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export const definitionRequirements: readonly Requirement[] = [
  {
    id: 'definition/specification-version',
    says: 'the provider says which version of the contract it speaks',
    async check({ subject: { provider }, expect }) {
      expect(provider.specificationVersion).toBe(specificationVersion);
    },
  },
  {
    id: 'definition/identity',
    says: 'its id is kebab-case and short, its name is there, its icon is an SVG in the URL itself',
    async check({ subject: { provider } }) {
      const { id, displayName, icon } = provider;
      demand(kebab.test(id) && id.length <= 64, `The id must be kebab-case of at most 64 characters: ${id}.`);
      demand(displayName.trim() !== '', 'The display name must not be empty.');
      demand(
        icon === undefined || icon.startsWith('data:image/svg+xml'),
        `The icon must be a data:image/svg+xml URL; it begins with ${show(icon?.slice(0, 20))}.`,
      );
    },
  },
  {
    id: 'definition/create-asks-nobody',
    says: 'binding settings makes no request',
    async check({ open, subject, expect }) {
      const { context, calls } = await open('answer');
      for (const capability of Object.values(subject.provider.capabilities))
        capability?.create(context.settings, context);
      expect(calls.length).toBe(0);
    },
  },
  {
    id: 'connection/test-calls-the-vendor',
    says: 'testing a connection makes a real request and says in a sentence what it found',
    async check({ open, subject }) {
      const { context, calls } = await open('answer');
      const { message } = await subject.provider.testConnection(context);
      demand(message.trim() !== '', 'The message must not be empty.');
      demand(calls.length > 0, 'A test that asks nobody proves nothing.');
    },
  },
];
