// Serves a PostgreSQL with pgvector on loopback until its input ends, and prints its port: node serve.mjs
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { connect, createServer } from 'node:net';

const free = createServer();
const behind = await new Promise(found => free.listen(0, '127.0.0.1', () => found(free.address().port)));
await new Promise(closed => free.close(closed));
const db = await PGlite.create({ extensions: { vector } });
const server = new PGLiteSocketServer({ db, port: behind, host: '127.0.0.1', maxConnections: 2 });
await server.start();

// All connections share one session: the next is let in when the one before is taken away, with its transaction.
const waiting = [];
let busy = false;
function next()
{
    if (busy || waiting.length === 0)
        return;
    busy = true;
    const client = waiting.shift();
    const inner = connect(behind, '127.0.0.1');
    for (const [one, other] of [[client, inner], [inner, client]])
    {
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
    }
    inner.on('close', async () =>
    {
        while (server.getStats().activeConnections > 0)
            await new Promise(later => setTimeout(later, 2));
        busy = false;
        next();
    });
}
const door = createServer(client => { waiting.push(client); next(); });
door.listen(0, '127.0.0.1', () => console.log(`port ${door.address().port}`));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
