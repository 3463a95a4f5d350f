import { skillBody } from './skill-body';

describe('the body of a SKILL.md', () => {
  it.each([
    ['---\nname: a\n---\n# Title\n', '# Title\n'],
    ['\uFEFF---\r\nname: a\r\n---\r\nBody', 'Body'],
    ['---\n---\nBody', 'Body'],
    ['---\nname: a\n---', ''],
    ['---\nname: never ends\n# Title', '---\nname: never ends\n# Title'],
    ['# No frontmatter\n\n---\n\nrule', '# No frontmatter\n\n---\n\nrule'],
    ['---\na: 1\n---\nx\n---\ny', 'x\n---\ny'],
  ])('%j is %j', (text, body) => {
    expect(skillBody(text)).toBe(body);
  });
});
