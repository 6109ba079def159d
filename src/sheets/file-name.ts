/** The name of a file, without the signs that a file system forbids: units are named by people. */
export function fileName(words: string): string {
  return `${words.replace(/[\\/:*?"<>|\p{Cc}]/gu, '')}.xlsx`;
}
