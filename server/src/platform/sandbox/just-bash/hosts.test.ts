import { describeHosts } from '../conformance/hosts';
import { run } from '../conformance/stand';
import { createJustBash } from './just-bash';

const python = (url: string) => [
  'python3',
  '-c',
  'import jb_http, sys\nprint(jb_http.get(sys.argv[1]).text)',
  url,
];

describeHosts(
  'just-bash',
  { open: (settings) => createJustBash(settings), get: (url) => ['curl', '-sSL', url] },
  (world) => {
    it('holds Python to them as well', async () => {
      const { stand, ports, requests } = world();
      const sandbox = await stand.sandbox({}, { network: { hosts: [`allowed.test:${ports.allowed}`] } });
      const listed = await run(sandbox, python(`http://allowed.test:${ports.allowed}/`));
      expect(listed.stdout).toContain('reached');
      const other = await run(sandbox, python(`http://inner.test:${ports.own}/`));
      expect(other.stdout).not.toContain('reached');
      expect(requests.own).toHaveLength(0);
    });

    it('sends what it is given', async () => {
      const { stand, ports, requests } = world();
      const sandbox = await stand.sandbox({}, { network: { hosts: [`allowed.test:${ports.allowed}`] } });
      const url = `http://allowed.test:${ports.allowed}/sent`;
      const sent = await run(sandbox, ['curl', '-sS', '-X', 'PUT', '-H', 'X-Own: 1', '-d', 'grüße', url]);
      expect(sent).toMatchObject({ exitCode: 0, stdout: 'reached /sent' });
      const [request] = requests.allowed;
      expect(request).toMatchObject({ method: 'PUT', headers: { 'x-own': '1', 'content-length': '7' } });
    });
  },
);
