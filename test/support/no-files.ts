import type { LarkPort } from '../../src/lark/port.ts';

/** For a platform that is to be sent no file: a file is a fault of the test. */
export const noFiles: Pick<LarkPort, 'upload' | 'postFile' | 'download'> = {
  upload: () => Promise.reject(new Error('a file was uploaded')),
  postFile: () => Promise.reject(new Error('a file was posted')),
  download: () => Promise.reject(new Error('a file was fetched')),
};
