// Runs a file of SQL in a PostgreSQL of its own, in memory, and prints the rows of its queries as psql -qAt does: node run-sql.mjs FILE
import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';

const database = await PGlite.create({ extensions: { vector } });
const results = await database.exec(await readFile(process.argv[2], 'utf8'), { rowMode: 'array' });
for (const { rows } of results)
    for (const row of rows)
        console.log(row.join('|'));
await database.close();
