/** A Dockerfile as its instructions; a line that ends with a backslash goes on. */
export interface Instruction {
  readonly name: string;
  readonly words: string;
}

export function instructionsOf(text: string): Instruction[] {
  const joined = text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replace(/\\\n/g, ' ');
  return joined
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', ...words] = line.split(/\s+/);
      return { name: name.toUpperCase(), words: words.join(' ') };
    });
}

/** What a reviewer would send back, by the names that `hadolint` has for it. */
export function problemsOf(text: string): string[] {
  const all = instructionsOf(text);
  const runs = all.filter(({ name }) => name === 'RUN').map(({ words }) => words);
  const last = (wanted: string) => all.findLast(({ name }) => name === wanted)?.words;
  const checks: readonly (readonly [string, boolean])[] = [
    ['DL3006 the version of a base image is fixed', all.every(isPinned)],
    ['DL3007 latest', !all.some(({ name, words }) => name === 'FROM' && /:latest\b/.test(words))],
    ['DL3002 the last user is root', last('USER') !== undefined && !/^(root|0)\b/.test(last('USER') ?? '')],
    ['DL3004 sudo', !runs.some((run) => /\bsudo\b/.test(run))],
    [
      'DL3009 apt lists are kept',
      runs.every((run) => !run.includes('apt-get') || run.includes('rm -rf /var/lib/apt/lists')),
    ],
    ['DL3014 apt-get asks', runs.every((run) => !run.includes('apt-get install') || /install -y/.test(run))],
    [
      'DL3015 recommended packages',
      runs.every((run) => !run.includes('apt-get install') || run.includes('--no-install-recommends')),
    ],
    ['DL3016 npm install', !runs.some((run) => /npm (i|install)\b/.test(run))],
    ['DL3020 ADD', !all.some(({ name }) => name === 'ADD')],
    ['DL3025 a command that is no list', ['CMD', 'ENTRYPOINT'].every((name) => last(name)?.startsWith('[') ?? true)],
    ['DL3045 COPY to a relative place without WORKDIR', copiesSomewhereKnown(all)],
    ['DL3057 no HEALTHCHECK', last('HEALTHCHECK') !== undefined],
    ['a secret is built in', !/SECRET|DATA_KEY|PASSWORD|TOKEN/i.test(all.map(({ words }) => words).join('\n'))],
  ];
  return checks.filter(([, holds]) => !holds).map(([problem]) => problem);
}

function isPinned({ name, words }: Instruction): boolean {
  return name !== 'FROM' || /^\S+:[\w.-]*\d+\.\d+\.\d+[\w.-]*( AS \w+)?$/.test(words);
}

function copiesSomewhereKnown(all: readonly Instruction[]): boolean {
  let known = false;
  for (const { name, words } of all) {
    if (name === 'FROM') known = false;
    else if (name === 'WORKDIR') known = true;
    else if (name === 'COPY' && !known && !words.split(' ').at(-1)?.startsWith('/')) return false;
  }
  return true;
}
