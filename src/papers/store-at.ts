import type { FilesAddress } from './address.ts';
import { createBucketStore } from './bucket-store.ts';
import { createFolderStore, type PaperStore } from './store.ts';

/** The store that `FILES_URL` names. */
export function paperStoreAt(address: FilesAddress): PaperStore {
  return address.kind === 'folder' ? createFolderStore(address.folder) : createBucketStore(address);
}
