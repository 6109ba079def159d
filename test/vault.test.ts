import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVault } from '../src/vault.ts';

const vault = createVault(Buffer.alloc(32, 7));

/** The mark of the key, and what is sealed. */
function parts(sealed: string): [string, Buffer] {
  return [sealed.slice(0, vault.keyMark.length), Buffer.from(sealed.slice(vault.keyMark.length), 'base64url')];
}

describe('the vault', () => {
  it.each(['', '张三丰', '苏日娜·宝音 👩‍🌾', 'x'.repeat(5000)])('opens what it sealed: %#', (text) => {
    expect(vault.open('here', vault.seal('here', text))).toBe(text);
  });

  it('seals the same text differently each time, and nothing of it shows', () => {
    const sealed = vault.seal('here', '13812341234');
    expect(vault.seal('here', '13812341234')).not.toBe(sealed);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('1381234');
  });

  it('notices every changed byte', () => {
    const [mark, sealed] = parts(vault.seal('here', '张三'));
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => vault.open('here', mark + changed.toString('base64url'))).toThrow();
    }
    expect(vault.open('here', mark + sealed.toString('base64url'))).toBe('张三');
    expect(() => vault.open('here', sealed.toString('base64url'))).toThrow();
  });

  it('opens nothing that was cut short, not even a shorter tag over nothing', () => {
    const [mark, sealed] = parts(vault.seal('here', ''));
    for (let length = 0; length < sealed.length; length++) {
      expect(() => vault.open('here', mark + sealed.subarray(0, length).toString('base64url'))).toThrow();
    }
  });

  it('opens nothing in another place, or under another key', () => {
    const sealed = vault.seal('applicants.name', '张三');
    expect(() => vault.open('applicants.phone', sealed)).toThrow();
    expect(() => createVault(Buffer.alloc(32, 8)).open('applicants.name', sealed)).toThrow();
  });

  it.each([0, 16, 31, 33, 64])('refuses a key of %i bytes', (length) => {
    expect(() => createVault(Buffer.alloc(length))).toThrow('32 bytes');
  });

  it('hashes the same under the same key for ever, and differently per look-up and key', () => {
    // Written down: stored hashes of years ago must still be found.
    expect(vault.hash('phone', '13812341234')).toBe('sL-CDTe08kK');
    expect(createVault(Buffer.alloc(32, 7)).hash('phone', '13812341234')).toBe(vault.hash('phone', '13812341234'));
    expect(vault.hash('phoneTail', '13812341234')).not.toBe(vault.hash('phone', '13812341234'));
    expect(createVault(Buffer.alloc(32, 8)).hash('phone', '13812341234')).not.toBe(vault.hash('phone', '13812341234'));
  });

  it('hashes every spelling of a name or number alike', () => {
    const gap = fc.constantFrom('', ' ', '　', '-', '·', '\u200b', '.', '\ufe0f');
    const gaps = fc.array(gap, { minLength: 20, maxLength: 20 });
    const wide = (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0));
    const value = fc.oneof(
      fc.tuple(fc.constant('name' as const), fc.stringMatching(/^[\u4e00-\u9fff]{2,4}$|^[A-Za-z]{2,9}$|^[ᠠ-ᡷ]{2,6}$/)),
      fc.tuple(fc.constantFrom('phone' as const, 'phoneTail' as const), fc.stringMatching(/^1[3-9]\d{9}$/)),
      fc.tuple(fc.constant('idNumber' as const), fc.stringMatching(/^\d{15}$|^\d{17}[\dX]$|^[EGH]\d{8}$/)),
    );
    fc.assert(
      fc.property(value, gaps, ([lookUp, text], between) => {
        const spelt = [...text].map((sign, at) => sign + between[at]).join('');
        const hash = vault.hash(lookUp, text);
        for (const one of [spelt, wide(spelt), text.toLowerCase(), text.normalize('NFD')]) {
          expect([one, vault.hash(lookUp, one)]).toEqual([one, hash]);
        }
        expect(vault.hash(lookUp, `${text.slice(0, -1)}${text.endsWith('1') ? '2' : '1'}`)).not.toBe(hash);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps a set-up code as the whole hash', () => {
    // Written down, too: a code given out before an upgrade opens the door after it.
    expect(vault.hashSetupCode('123456')).toBe('hDNGHy2zVERDwy-ZKM1f14znbJHkHK8EFn3ALB-UiYk');
    expect(vault.hashSetupCode('123456')).not.toBe(vault.hashSetupCode('123457'));
  });

  it('gives each applicant a key of their own, which only the vault unwraps', () => {
    const first = vault.newApplicantKey();
    const second = vault.newApplicantKey();
    const sealed = first.cipher.seal('applicants.name', '张三');
    expect(vault.applicantCipher(first.wrappedKey).open('applicants.name', sealed)).toBe('张三');
    expect(() => vault.applicantCipher(second.wrappedKey).open('applicants.name', sealed)).toThrow();
    expect(() => vault.open('applicants.name', sealed)).toThrow();
    expect(() => createVault(Buffer.alloc(32, 8)).applicantCipher(first.wrappedKey)).toThrow();
  });
});

describe('a vault of two keys', () => {
  const former = vault;
  const both = createVault(Buffer.alloc(32, 8), Buffer.alloc(32, 7));
  const later = createVault(Buffer.alloc(32, 8));

  it('opens what either sealed, and seals under the first', () => {
    const old = former.seal('here', '张三');
    expect(both.open('here', old)).toBe('张三');
    expect(() => later.open('here', old)).toThrow();
    expect(later.open('here', both.reseal('here', old))).toBe('张三');
    expect(later.open('here', both.seal('here', '李四'))).toBe('李四');
    expect(() => both.reseal('there', old)).toThrow();
    expect(() => createVault(Buffer.alloc(32, 9), Buffer.alloc(32, 8)).open('here', old)).toThrow();
  });

  it('wraps an applicant’s key anew, and the key stays the same', () => {
    const { wrappedKey, cipher } = former.newApplicantKey();
    const sealed = cipher.seal('applicants.name', '张三');
    expect(both.applicantCipher(wrappedKey).open('applicants.name', sealed)).toBe('张三');
    expect(later.applicantCipher(both.rewrap(wrappedKey)).open('applicants.name', sealed)).toBe('张三');
  });

  it('looks for a value under both keys', () => {
    const { hash } = later;
    expect(both.hashes('phone', '13812341234')).toEqual([
      hash('phone', '13812341234'),
      former.hash('phone', '13812341234'),
    ]);
    expect(later.hashes('name', '张三')).toEqual([hash('name', '张三')]);
    expect(both.isSetupCode('123456', former.hashSetupCode('123456'))).toBe(true);
    expect(later.isSetupCode('123456', former.hashSetupCode('123456'))).toBe(false);
  });

  it('hands the record key on, from key to key', () => {
    const reason = former.records.seal('ledger.eraseReason', '本人要求');
    const number = former.records.hashExternalNumber('GOV-1');
    const last = createVault(Buffer.alloc(32, 9), Buffer.alloc(32, 8));
    const handedOn = last.records.reseal(both.records.handOn() ?? '');
    const kept = createVault(Buffer.alloc(32, 9)).records.formerly(handedOn);
    expect(kept.open('ledger.eraseReason', reason)).toBe('本人要求');
    expect(kept.hashExternalNumber('GOV-1')).toBe(number);
    expect(() => later.records.formerly(handedOn)).toThrow();
    expect(later.records.handOn()).toBeUndefined();
  });
});
