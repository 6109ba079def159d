/** The files by which a machine's people run the bot: what can be checked of them without the machines. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { instructionsOf, problemsOf } from './dockerfile.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8');

describe('the Dockerfile', () => {
  const dockerfile = read('build/deploy/Dockerfile');

  it('has nothing that a reviewer would send back', () => {
    expect(problemsOf(dockerfile)).toEqual([]);
  });

  it.each([
    ['FROM node', 'DL3006'],
    ['FROM node:latest', 'DL3007'],
    ['USER root', 'DL3002'],
    ['CMD node main.js', 'DL3025'],
    ['RUN apt-get update && apt-get install g++', 'DL3009'],
    ['RUN npm install', 'DL3016'],
    ['ADD x /y', 'DL3020'],
    ['ENV DATA_KEY=abc', 'a secret'],
  ])('would be sent back with %s', (line, problem) => {
    expect(problemsOf(`${dockerfile}\n${line}`).join('\n')).toContain(problem);
  });

  it('builds in one stage and runs in another, both on a supported Node', () => {
    const bases = instructionsOf(dockerfile).filter(({ name }) => name === 'FROM');
    expect(bases).toHaveLength(2);
    for (const { words } of bases) expect(words).toMatch(/^node:2[24]\./);
  });

  it('is given what packing needs, and neither data nor secrets', () => {
    const given = read('.dockerignore').split('\n');
    expect(given[0]).toBe('*');
    for (const needed of ['package.json', 'package-lock.json', 'src', 'cards', 'db', 'sandbox', 'build', 'tools']) {
      expect(given).toContain(`!${needed}`);
    }
    expect(given).not.toContain('!.env');
    expect(given).not.toContain('!data');
  });
});

describe('the systemd unit', () => {
  const unit = read('build/deploy/daiban.service');
  const settings = new Map([...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));

  it('starts the packed program as somebody without rights, in a folder of its own', () => {
    expect(settings.get('ExecStart')).toMatch(/^\/usr\/bin\/node .*\/opt\/daiban\/dist\/main\.js$/);
    expect(settings.get('User')).toBe('daiban');
    expect(settings.get('WorkingDirectory')).toBe('/var/lib/daiban');
    expect(settings.get('EnvironmentFile')).toBe('/etc/daiban/env');
  });

  it('waits longer for the end than the program takes', () => {
    expect(Number(settings.get('TimeoutStopSec'))).toBeGreaterThan(5);
    expect(settings.get('KillSignal')).toBe('SIGTERM');
  });
});

it('the proxy passes on the one address, and nothing else', () => {
  const nginx = read('build/deploy/nginx.conf');
  const places = [...nginx.matchAll(/location ([^{]+)\{/g)].map(([, place = '']) => place.trim());
  expect(places).toEqual(['= /lark/events', '/']);
  expect(nginx).toMatch(/location \/ \{ return 404; \}/);
});
