import { Worker } from 'node:worker_threads';
import { programFile } from '../../build/program-file.ts';

/**
 * Whether a file holds together: its pages, its indexes, and what its rows refer to. In a thread of its own. Rejects when the file cannot
 * be read.
 */
export function holdsTogether(file: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(programFile('db/sqlite/check-pages.mjs'), { workerData: file });
    worker.once('message', (whole: boolean) => resolve(whole));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the check of the pages ended without an answer')));
  });
}
