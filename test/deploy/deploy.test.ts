/** The files by which a machine's people run the bot: what can be checked of them without the machines. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { problemsOf as composeProblemsOf, servicesOf } from './compose.ts';
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
    const [, parts = ''] = /const parts = \[([^\]]+)\]/.exec(read('build/package.mjs')) ?? [];
    const packed = [...parts.matchAll(/'([^'/]+)[^']*'/g)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'dist');
    expect(packed).toContain('README.en.md');
    expect(packed.filter((name) => !given.includes(`!${name}`))).toEqual([]);
    expect(given).not.toContain('!.env');
    expect(given).not.toContain('!data');
  });
});

describe('the compose file', () => {
  const compose = read('build/deploy/compose.yaml');

  it('has nothing that a reviewer would send back', () => {
    expect([...servicesOf(compose).keys()]).toEqual(['daiban', 'postgres']);
    expect(composeProblemsOf(compose, { database: 'postgres' })).toEqual([]);
  });

  it.each([
    ['image: postgres:18.1-bookworm', 'image: postgres:latest', 'postgres: the version of an image'],
    ['image: postgres:18.1-bookworm', 'image: postgres', 'postgres: the version of an image'],
    ['    healthcheck:', '    ports:\n      - 5432:5432\n    healthcheck:', 'postgres: is open'],
    ['      test: [CMD-SHELL, pg_isready -U daiban]\n', '', 'postgres: nobody knows whether it is ready'],
    ['    read_only: true\n', '', 'daiban: may write where it runs'],
    ['    read_only: true', '    privileged: true', 'daiban: may gain privileges'],
    ['- 127.0.0.1:3000:3000', '- 3000:3000', 'daiban: is open to others'],
    ['condition: service_healthy', 'condition: service_started', 'daiban: does not wait'],
    ['stop_grace_period: 15s', 'stop_grace_period: 5s', 'daiban: is killed'],
    ['      - ALL', '      - NET_RAW', 'daiban: keeps capabilities'],
    ['      HOST: 0.0.0.0\n', '', 'daiban: hears nobody'],
    ['- papers:/data', '- /var/run/docker.sock:/var/run/docker.sock', 'daiban: reaches the machine'],
    ['POSTGRES_USER: daiban', 'POSTGRES_PASSWORD: daiban', 'a secret'],
    ['POSTGRES_USER: daiban', 'DATA_KEY: c2VjcmV0', 'a secret'],
    [/\$\{POSTGRES_PASSWORD[^}]*\}@/, 'daiban@', 'a secret'],
  ])('would be sent back with %s as %s', (from, to, problem) => {
    const changed = compose.replace(from, to);
    expect(changed).not.toBe(compose);
    expect(composeProblemsOf(changed, { database: 'postgres' }).join('\n')).toContain(problem);
  });

  it('starts what the Dockerfile builds, which says by itself whether it is ready', () => {
    const daiban = servicesOf(compose).get('daiban');
    expect(daiban?.get('build')).toEqual(['context: ../..', 'dockerfile: build/deploy/Dockerfile']);
    expect(instructionsOf(read('build/deploy/Dockerfile')).map(({ name }) => name)).toContain('HEALTHCHECK');
    expect(daiban?.get('volumes')).toEqual(['papers:/data']);
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

it('the workflow runs the one command by the Node that it has set up, also as root', () => {
  const workflow = read('.github/workflows/ci.yml');
  expect(workflow).toMatch(/uses: actions\/setup-node@[\s\S]+- run: sudo env "PATH=\$PATH" \.ci\/run\n/);
});

it('the run on Node 24 names files that are there: a name that fits none is passed over in silence', () => {
  const words: string[] = JSON.parse(read('package.json')).scripts['test:node24'].split(' ');
  const named = words.filter((word) => word.startsWith('test/'));
  expect(named).toContain('test/processes');
  const isThere = (name: string) => existsSync(`${root}${name}`) || existsSync(`${root}${name}.test.ts`);
  expect(named.filter((name) => !isThere(name))).toEqual([]);
});
