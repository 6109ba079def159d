import { and, asc, eq, gt, isNotNull } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { preparedForRows } from '../prepared.ts';

export type ApplicantRow = Tables['applicants']['$inferSelect'];
export type NewApplicant = Tables['applicants']['$inferInsert'];

const insertRows = preparedForRows<NewApplicant>()(({ q, t }, rows) =>
  q.insert(t.applicants).values(rows).returning().prepare(),
);

export const applicantReads = {
  /** The next `limit` of those who have a key, by id. */
  async withKey({ q, t }: Tx, page: { afterId: number; limit: number }): Promise<{ id: number; wrappedKey: string }[]> {
    const { id, wrappedKey } = t.applicants;
    const rows = await q
      .select({ id, wrappedKey })
      .from(t.applicants)
      .where(and(gt(id, page.afterId), isNotNull(wrappedKey)))
      .orderBy(asc(id))
      .limit(page.limit);
    return rows.flatMap((row) => (row.wrappedKey === null ? [] : { id: row.id, wrappedKey: row.wrappedKey }));
  },
};

type PersonalColumn = {
  [Name in keyof ApplicantRow]: Name extends 'wrappedKey' | `${string}Sealed` | `${string}Hash` ? Name : never;
}[keyof ApplicantRow];

/** The compiler names a personal column that is forgotten here. */
const forgotten = {
  wrappedKey: null,
  nameSealed: '',
  phoneSealed: '',
  idNumberSealed: null,
  addressSealed: null,
  contactSealed: null,
  nameHash: null,
  phoneHash: null,
  phoneTailHash: null,
  idNumberHash: null,
  contactPhoneHash: null,
  contactTailHash: null,
} as const satisfies Readonly<Record<PersonalColumn, null | ''>>;

export const applicantWrites = {
  /** Takes out of the row whatever is personal, and the key that opens what stands elsewhere. */
  async erase({ q, t }: Tx, person: { id: number; at: number }): Promise<void> {
    await q
      .update(t.applicants)
      .set({ ...forgotten, erasedAt: person.at })
      .where(eq(t.applicants.id, person.id));
  },

  async insert(tx: Tx, applicant: NewApplicant): Promise<ApplicantRow> {
    const { query, values } = insertRows(tx, [applicant]);
    const [row] = await query.execute(values);
    if (!row) throw new Error('insert into applicants returned no row');
    return row;
  },

  /** What was registered wrongly is put right, with the hashes by which the person is found. */
  async correct(
    { q, t }: Tx,
    { id, ...set }: { id: number } & Partial<Pick<ApplicantRow, Exclude<PersonalColumn, 'wrappedKey'>>>,
  ): Promise<void> {
    await q.update(t.applicants).set(set).where(eq(t.applicants.id, id));
  },

  /** Another unit holds the applicant's case now. */
  async setHolder(
    { q, t }: Tx,
    { applicantId, holderUnitId }: { applicantId: number; holderUnitId: number },
  ): Promise<void> {
    await q.update(t.applicants).set({ holderUnitId }).where(eq(t.applicants.id, applicantId));
  },
};
