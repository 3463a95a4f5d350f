// Opens an AgentFS database with the SDK itself, in a process of its own, and says all that it finds in it as JSON.
import { AgentFS } from 'agentfs-sdk';

const agent = await AgentFS.open({ path: process.argv[2] });
const files = {};

async function walk(folder) {
  for (const name of await agent.fs.readdir(folder === '' ? '/' : folder)) {
    const path = `${folder}/${name}`;
    const stats = await agent.fs.stat(path);
    if (stats.isDirectory()) await walk(path);
    else
      files[path] = {
        mode: stats.mode,
        size: stats.size,
        mtime: stats.mtime,
        content: (await agent.fs.readFile(path)).toString('base64'),
      };
  }
}

await walk('');
const values = Object.fromEntries((await agent.kv.list('')).map(({ key, value }) => [key, value]));
const calls = (await agent.tools.getRecent(0)).sort((left, right) => left.id - right.id);
const folders = await agent.fs.readdir('/');
// It would still be writable: what it makes of the file is a database as its own.
await agent.fs.writeFile('/note.txt', 'Read.');
const note = (await agent.fs.readFile('/note.txt')).toString();
await agent.close();
process.stdout.write(JSON.stringify({ files, values, calls, folders, note }));
