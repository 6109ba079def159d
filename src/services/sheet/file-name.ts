/** A name as a part of a file's name. Signs that a file system forbids cannot come in: an administrator may have typed it. */
export function fileNamePart(name: string): string {
  return name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '');
}
