import { postFingerprint } from '../services/ledger/fingerprint.ts';
import { DAY_MS, type Job } from './job.ts';

/** On Fridays the ends of all chains go to the banner's group, so that a witness outside the database exists. */
export const ledgerFingerprint: Job = {
  name: 'ledger-fingerprint',
  schedule: ['0 16 * * 5'],
  catchUpMs: DAY_MS,
  run: postFingerprint,
};
