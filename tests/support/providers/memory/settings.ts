import { z } from 'zod';

export const settingsSchema = z.object({
  apiKey: z
    .string()
    .min(1)
    .meta({ title: 'API key', description: 'Any text that the peer was started with.', secret: true }),
  baseUrl: z.url({ protocol: /^https?$/ }).meta({
    title: 'Base URL',
    description: 'Where the peer listens.',
    placeholder: 'http://127.0.0.1:8080',
    destination: true,
  }),
  defaultModel: z
    .enum(['memory-large', 'memory-small'])
    .default('memory-large')
    .meta({ title: 'Default model', enumNames: ['Large', 'Small'] }),
});

export type MemorySettings = z.output<typeof settingsSchema>;
