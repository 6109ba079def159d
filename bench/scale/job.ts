/** One piece of the scale bench in a process of its own, so that its memory is its own: makes a database, measures it, or its files. */
import { openSqlite } from '../../db/sqlite/open.ts';
import { createVault } from '../../src/vault.ts';
import { timeLedger } from '../ledger-file.ts';
import { DATA_KEY } from '../prepare.ts';
import { generate, NOW } from './generate.ts';
import { measure } from './measure.ts';

const [what = '', file = '', cases = '', place = ''] = process.argv.slice(2);

if (what === 'generate') {
  const began = performance.now();
  await generate({ file, vault: createVault(DATA_KEY), cases: Number(cases), league: place === 'league' });
  console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000 }));
} else if (what === 'ledger') {
  const db = openSqlite({ file });
  console.log(JSON.stringify(await timeLedger({ db, vault: createVault(DATA_KEY), now: NOW, full: true })));
  await db.close();
} else {
  console.log(JSON.stringify(await measure(file)));
}
