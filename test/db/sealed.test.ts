import { getTableColumns } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { sealedPlaces } from '../../db/repositories/sealed.ts';
import * as tables from '../../db/sqlite/tables.ts';

/** Sealed under the applicant's own key, which is all that is wrapped anew when DATA_KEY is changed. */
const underOwnKey = [
  'applicants.nameSealed',
  'applicants.phoneSealed',
  'applicants.idNumberSealed',
  'applicants.addressSealed',
  'applicants.contactSealed',
  'cases.remarksSealed',
  'cases.otherErrandSealed',
];

/** By a record key, which is handed on: the ledger holds the same text, or its digest, and is compared with the row. */
const underRecordKey = [
  'bulletins.noteSealed',
  'bulletins.reasonSealed',
  'informationRankings.reasonSealed',
  'readinessAnswers.noteSealed',
  'reportVersions.textsSealed',
  'reportVersions.reasonSealed',
  'taskUpdates.textSealed',
];
const untouched = [...underOwnKey, ...underRecordKey];

describe('the change of DATA_KEY', () => {
  it('knows every column that is sealed under it', () => {
    const sealed = Object.entries(tables).flatMap(([table, columns]) =>
      Object.keys(getTableColumns(columns))
        .filter((name) => /Sealed$|^wrappedKey$/.test(name))
        .map((name) => `${table}.${name}`),
    );
    expect(sealed.length).toBeGreaterThan(12);
    expect(untouched.filter((name) => !sealed.includes(name))).toEqual([]);
    const others = sealed.filter((name) => !untouched.includes(name)).map((name) => name.split('.')[0]);
    // Of a table with several such columns all are sealed together.
    expect([...new Set(others)].sort()).toEqual([...sealedPlaces].sort());
  });
});
