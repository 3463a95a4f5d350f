import { StreamLanguage } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { extensionOf } from './content-kind';

type Loader = () => Promise<Extension>;

const javascript =
  (options: { jsx?: boolean; typescript?: boolean }): Loader =>
  async () =>
    (await import('@codemirror/lang-javascript')).javascript(options);
/** With frontmatter, which is YAML, above the Markdown. */
const markdown: Loader = async () => {
  const [{ markdown: body }, { yamlFrontmatter }] = await Promise.all([
    import('@codemirror/lang-markdown'),
    import('@codemirror/lang-yaml'),
  ]);
  return yamlFrontmatter({ content: body() });
};
const yaml: Loader = async () => (await import('@codemirror/lang-yaml')).yaml();
const html: Loader = async () => (await import('@codemirror/lang-html')).html();
const json: Loader = async () => (await import('@codemirror/lang-json')).json();
const shell: Loader = async () =>
  StreamLanguage.define((await import('@codemirror/legacy-modes/mode/shell')).shell);

const loaders: Record<string, Loader> = {
  md: markdown,
  markdown,
  yaml,
  yml: yaml,
  json,
  js: javascript({ jsx: true }),
  mjs: javascript({}),
  cjs: javascript({}),
  jsx: javascript({ jsx: true }),
  ts: javascript({ typescript: true }),
  tsx: javascript({ typescript: true, jsx: true }),
  py: async () => (await import('@codemirror/lang-python')).python(),
  css: async () => (await import('@codemirror/lang-css')).css(),
  html,
  htm: html,
  svg: html,
  xml: html,
  sh: shell,
  bash: shell,
  toml: async () => StreamLanguage.define((await import('@codemirror/legacy-modes/mode/toml')).toml),
  rb: async () => StreamLanguage.define((await import('@codemirror/legacy-modes/mode/ruby')).ruby),
  sql: async () => StreamLanguage.define((await import('@codemirror/legacy-modes/mode/sql')).standardSQL),
};

/** The highlighting for a file, by its extension; nothing for those that are not known. Loaded when first needed. */
export async function loadLanguage(path: string): Promise<Extension> {
  return (await loaders[extensionOf(path)]?.()) ?? [];
}
