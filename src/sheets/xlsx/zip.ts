/** A ZIP archive of texts that are made while it is written. */
import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  /** With `/` between folders. */
  readonly path: string;
  /** Pieces of the content. The next one is asked for only when the one before is on its way. */
  readonly texts: Iterable<string> | AsyncIterable<string>;
}

const OPTIONS = {
  // Of 9: the hashes do not compress, and the rest does almost as well as with more effort.
  compressionLevel: 2,
  // The first day there is, without a zone: the same content gives the same file.
  mtime: new Date(1980, 0, 1),
  forceDosTimestamp: true,
};

/**
 * The archive's bytes, entry after entry; an entry's texts are begun when those before it have been written. Fails with what the
 * texts fail with; when it is given up, so are the texts.
 */
export function zipOf(entries: readonly ZipEntry[]): Readable {
  const archive = new ZipFile();
  const bytes = archive.outputStream.pipe(new PassThrough());
  let content: Readable | undefined;
  bytes.once('close', () => content?.destroy());
  for (const { path, texts } of entries) {
    archive.addReadStreamLazy(path, OPTIONS, (ready) => {
      content = Readable.from(texts).once('error', (error) => bytes.destroy(error));
      ready(null, content);
    });
  }
  archive.end();
  return bytes;
}
