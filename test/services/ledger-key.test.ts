import { expect, it } from 'vitest';
import { makeKey } from '../../src/services/ledger/key.ts';
import { createVault } from '../../src/vault.ts';

it('a public key never begins with a dash, which a command would take for an option', () => {
  const vault = createVault(Buffer.alloc(32, 7));
  const first = new Set(Array.from({ length: 1000 }, () => makeKey(vault).publicKey.slice(0, 1)));
  expect(first.size).toBeGreaterThan(30);
  expect(first).not.toContain('-');
});
