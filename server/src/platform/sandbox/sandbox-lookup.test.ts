import { createSocket, type Socket } from 'node:dgram';
import dns, { type LookupAddress } from 'node:dns';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandboxLookup, type SandboxLookupSettings } from './sandbox-lookup';

const records: Record<number, Buffer[]> = {
  1: [Buffer.from([192, 0, 2, 1]), Buffer.from([192, 0, 2, 2])],
  28: [Buffer.from('20010db8000000000000000000000001', 'hex')],
};

/** A name server that knows `known.test` and, of `half.test`, half of the addresses; when asked for `silent.test`, it says nothing. */
function answerTo(question: Buffer): Buffer | undefined {
  const name = question.toString('latin1', 12);
  if (name.includes('silent')) return undefined;
  const type = question.readUInt16BE(question.indexOf(0, 12) + 1);
  if (name.includes('half') && type === 28) return undefined;
  const found = /known|half/.test(name) ? (records[type] ?? []) : [];
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(found.length > 0 ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(found.length, 6);
  header.fill(0, 8);
  const asked = question.subarray(12, question.indexOf(0, 12) + 5);
  const answers = found.map((data) =>
    Buffer.concat([Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]), data]),
  );
  return Buffer.concat([header, asked, ...answers]);
}

describe('the names that sandboxes ask for', () => {
  let server: Socket;
  let folder: string;
  let settings: SandboxLookupSettings;
  beforeAll(async () => {
    server = createSocket('udp4', (question, from) => {
      const answer = answerTo(question);
      if (answer) server.send(answer, from.port, from.address);
    });
    await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
    folder = await mkdtemp(join(tmpdir(), 'skills-names-'));
    const hostsFile = join(folder, 'hosts');
    await writeFile(
      hostsFile,
      '# 10.0.0.9 wiki.corp.test\n10.0.0.1\tWiki.corp.test wiki # ours\n::1 wiki.corp.test\n',
    );
    const servers = [`127.0.0.1:${(server.address() as AddressInfo).port}`];
    settings = { servers, hostsFile, deadlineMs: 300 };
  });
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  const find = (name: string, family?: number) =>
    new Promise<LookupAddress[]>((resolve, reject) => {
      createSandboxLookup(settings)(name, { all: true, ...(family && { family }) }, (error, found) =>
        error ? reject(error) : resolve(found),
      );
    });

  it('are found by the name servers, both kinds of addresses in turns', async () => {
    expect(await find('known.test')).toEqual([
      { address: '192.0.2.1', family: 4 },
      { address: '2001:db8::1', family: 6 },
      { address: '192.0.2.2', family: 4 },
    ]);
    expect(await find('known.test', 6)).toEqual([{ address: '2001:db8::1', family: 6 }]);
  });

  it("are found in the host's own list before that", async () => {
    expect((await find('wiki.corp.test')).map(({ address }) => address)).toEqual(['10.0.0.1', '::1']);
  });

  it('without a dot are found as the system does', async () => {
    expect(await find('localhost', 4)).toEqual([{ address: '127.0.0.1', family: 4 }]);
  });

  it('that nobody knows are said to be so', async () => {
    await expect(find('nobody.test')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('are given up when nobody answers, and take none of the threads that the server looks names up with', async () => {
    const system = jest.spyOn(dns, 'lookup');
    const startedAt = performance.now();
    const asked = Array.from({ length: 20 }, (_, index) => find(`${index}.silent.test`));
    const outcomes = await Promise.allSettled(asked);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(performance.now() - startedAt).toBeLessThan(1500);
    expect(system).not.toHaveBeenCalled();
    system.mockRestore();
  });

  it('are found as far as was answered in time', async () => {
    expect((await find('half.test')).map(({ family }) => family)).toEqual([4, 4]);
  });
});
