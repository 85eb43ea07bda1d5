// Serves a PostgreSQL with pgvector on loopback until its input ends, and prints its port: node serve.mjs
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { createServer } from 'node:net';

const free = createServer();
const port = await new Promise(found => free.listen(0, '127.0.0.1', () => found(free.address().port)));
await new Promise(closed => free.close(closed));
const db = await PGlite.create({ extensions: { vector } });
const server = new PGLiteSocketServer({ db, port, host: '127.0.0.1', maxConnections: 4 });
await server.start();
console.log(`port ${port}`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
