#!/usr/bin/env node
/**
 * Checks an exported ledger of Daiban with the public key alone: numbers, links, hashes, signatures, and each chain's signed end.
 * One file, plain Node.js 20 or newer, nothing to install. It shares no code with the program that it checks.
 *
 *   node verify-ledger.mjs <file, or - for standard input> --key <public key>
 *
 * The key is the one that stands beside the fingerprints in the group, of whatever year. Exit code 0: the ledger is whole.
 *
 * Lines of JSON: first {format, version, keys}, the keys in the order in which they signed; then chain by chain its entries
 * {townId, seq, caseId, at, actorKind, actorId, unitId, kind, payload, sealedHash, prevHash, hash, signature} and its end
 * {head, seq, hash, signature}. hash = SHA-256(prevHash + JSON of the columns in this order); an entry of the kind rotateKey names
 * the next key and is signed by the one before.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const GENESIS_HASH = '0'.repeat(64);
const FAULTS_SHOWN = 20;

class Unusable extends Error {}

/** @param {string} told 32 bytes as base64url */
function readKey(told) {
  try {
    return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: told } });
  } catch {
    throw new Unusable(`不是公钥：${told}`);
  }
}

/** @param {string} text @param {string} signature @param {import('node:crypto').KeyObject | undefined} key */
function isSigned(text, signature, key) {
  return key !== undefined && verify(null, Buffer.from(text), key, Buffer.from(String(signature), 'base64url'));
}

/** @param {any} entry */
function hashOf(entry) {
  const { townId, seq, caseId, at, actorKind, actorId, unitId, kind, payload, sealedHash } = entry;
  const columns = [townId, seq, caseId, at, actorKind, actorId, unitId, kind, payload, sealedHash];
  return createHash('sha256')
    .update(entry.prevHash + JSON.stringify(columns))
    .digest('hex');
}

class Check {
  /** @type {string[]} */
  faults = [];
  /** Each chain's end as the fingerprints in the group have it. @type {string[]} */
  ends = [];
  entries = 0;
  chains = 0;
  /** @type {{ told: string, key: import('node:crypto').KeyObject }[]} */
  #keys = [];
  /** The chain that is being read. `key`: index of the one that signs what comes next, -1 before the first entry. */
  #chain = { townId: NaN, seq: 0, hash: GENESIS_HASH, key: -1, broken: false };
  /** Keys that an entry signed by the key before them names. */
  #named = new Set();
  #seen = new Set();
  #open = false;

  /** @param {string} line */
  read(line) {
    if (line.trim() === '') return;
    const record = parse(line);
    if (this.#keys.length === 0) this.#begin(record);
    else if ('head' in record) this.#end(record);
    else this.#entry(record);
  }

  /** @param {string} trusted the public key that somebody has from outside */
  finish(trusted) {
    if (this.#keys.length === 0) throw new Unusable('这不是导出的台账。');
    if (this.#open) this.#fault('没有链尾');
    const from = this.#keys.findIndex(({ told }) => told === trusted);
    if (from === -1) this.faults.push('这份台账不是用给出的公钥签名的');
    else if (this.#keys.some((_, index) => index > from && !this.#named.has(index))) {
      this.faults.push('更换签名密钥没有旧密钥的签名');
    }
  }

  /** @param {any} header */
  #begin({ format, version, keys }) {
    if (format !== 'daiban-ledger' || version !== 1 || !Array.isArray(keys) || keys.length === 0) {
      throw new Unusable('这不是导出的台账，或者版本不对。');
    }
    this.#keys = keys.map((told) => ({ told, key: readKey(told) }));
  }

  /** @param {any} entry */
  #entry(entry) {
    this.entries += 1;
    if (!this.#open) this.#beginChain(entry.townId);
    const chain = this.#chain;
    if (chain.broken) return;
    if (entry.townId !== chain.townId) this.#fault('没有链尾');
    else if (entry.seq !== chain.seq + 1) this.#fault(`第 ${entry.seq} 条前面缺了记录`);
    else if (entry.prevHash !== chain.hash) this.#fault(`第 ${entry.seq} 条和前一条接不上`);
    else if (hashOf(entry) !== entry.hash) this.#fault(`第 ${entry.seq} 条被改动过`);
    else if (!this.#isSignedInTurn(entry)) this.#fault(`第 ${entry.seq} 条签名不对`);
    else this.#chain = { ...chain, seq: entry.seq, hash: entry.hash, key: this.#keyAfter(entry) };
  }

  /** @param {number} townId */
  #beginChain(townId) {
    this.chains += 1;
    this.#open = true;
    this.#chain = { townId, seq: 0, hash: GENESIS_HASH, key: -1, broken: false };
    if (this.#seen.has(townId)) this.#fault('出现了两次');
    this.#seen.add(townId);
  }

  /** A chain begins with whichever key signed at the time. @param {any} entry */
  #isSignedInTurn({ hash, signature }) {
    const text = `daiban ledger entry ${hash}`;
    const chain = this.#chain;
    if (chain.key === -1) chain.key = this.#keys.findIndex(({ key }) => isSigned(text, signature, key));
    return isSigned(text, signature, this.#keys[chain.key]?.key);
  }

  /** @param {any} entry */
  #keyAfter({ kind, payload }) {
    const { key } = this.#chain;
    if (kind !== 'rotateKey') return key;
    const next = this.#keys[key + 1];
    if (!next || parse(payload).publicKey !== next.told) return this.#keys.length;
    this.#named.add(key + 1);
    return key + 1;
  }

  /** @param {any} end */
  #end({ head, seq, hash, signature }) {
    if (!this.#open) this.#beginChain(head);
    this.#open = false;
    const chain = this.#chain;
    const newest = this.#keys.length - 1;
    if (chain.broken) return;
    if (chain.townId !== head || chain.seq !== seq || chain.hash !== hash) this.#fault('链尾对不上');
    else if (
      chain.key !== newest ||
      !isSigned(`daiban ledger head ${head} ${seq} ${hash}`, signature, this.#keys[newest]?.key)
    ) {
      this.#fault('链尾的签名不对');
    } else this.ends.push(`单位 ${head} 第 ${seq} 条 ${String(hash).slice(0, 16)}`);
  }

  /** Only a chain's first fault counts: after it the rest proves nothing. @param {string} words */
  #fault(words) {
    this.#chain.broken = true;
    this.faults.push(`单位 ${this.#chain.townId} 的台账：${words}`);
  }
}

/** @param {string} text @returns {any} */
function parse(text) {
  try {
    const value = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new Unusable('有一行不是 JSON，文件不完整或被改动过。');
}

async function main() {
  const { values, positionals } = parseArgs({ options: { key: { type: 'string' } }, allowPositionals: true });
  const [file, ...more] = positionals;
  const { key } = values;
  if (file === undefined || more.length > 0 || key === undefined) {
    throw new Unusable('用法：node verify-ledger.mjs <导出的文件，或 - 读标准输入> --key <公钥>');
  }
  readKey(key);
  const check = new Check();
  const input = file === '-' ? process.stdin : createReadStream(file);
  // A stream that fails fails the loop too: readline passes the error on.
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) check.read(line);
  check.finish(key);
  console.log(`台账：${check.chains} 条链，核对了 ${check.entries} 条记录。`);
  for (const end of check.ends) console.log(end);
  if (check.entries === 0) throw new Unusable('里面没有记录，什么也没有核对。');
  if (check.faults.length === 0) {
    console.log('请再和群里的台账指纹比一比：少了整条链，或者少了最后几条，只有指纹知道。');
    console.log('OK，全部完好。');
    return 0;
  }
  for (const fault of check.faults.slice(0, FAULTS_SHOWN)) console.error(fault);
  if (check.faults.length > FAULTS_SHOWN) console.error(`共 ${check.faults.length} 处。`);
  return 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
