/** The bundle itself. Which packages and why: docs/BENCH.md, 启动和内存. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { apisLeftOut, devPackagesOutside, noEncodingTables, oneLuxon, packagesUnmapped } from './plugins.mjs';
import { ownMappings } from './source-map.mjs';

/**
 * Bundles the sources; writes nothing.
 * @param {{ root: string, folder: string }} at the project's folder, and where the files will stand
 * @returns {Promise<{ files: { name: string, text: string }[], inputs: string[] }>} the files in an order in which each may be
 *   used once it stands there; our own files that went into them
 */
export async function bundle({ root, folder }) {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const entries = { main: 'sandbox/start.ts', daiban: 'src/cli/main.ts' };
  const result = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: folder,
    chunkNames: '[name]-[hash]',
    bundle: true,
    write: false,
    metafile: true,
    // What is imported with `import()` is not read before it is asked for.
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // With `main` first, a package that we import and another one requires would be there twice.
    mainFields: ['module', 'main'],
    // A native addon, and one that is not installed. Only what package.json names is sure to be found from `dist`.
    external: ['better-sqlite3', 'pg-native'],
    // Names stay as they are, so that stack traces and profiles can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    sourcemap: true,
    sourcesContent: false,
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    plugins: [
      devPackagesOutside(Object.keys(devDependencies)),
      oneLuxon,
      apisLeftOut,
      noEncodingTables,
      packagesUnmapped,
    ],
    logLevel: 'warning',
  });
  const isEntry = (/** @type {string} */ name) => name.replace(/\.js$/, '') in entries;
  return {
    files: result.outputFiles
      .map(({ path, text }) => ({ name: basename(path), text: path.endsWith('.map') ? ownMappings(text) : text }))
      .sort((a, b) => Number(isEntry(a.name)) - Number(isEntry(b.name))),
    inputs: Object.keys(result.metafile.inputs)
      .filter((path) => !path.startsWith('node_modules/'))
      .sort(),
  };
}
