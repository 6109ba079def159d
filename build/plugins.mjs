/** How the bundle differs from plainly putting together what is imported. */
import { readFile } from 'node:fs/promises';

/**
 * Packages for development stay in `node_modules`: of the program only the sandbox asks for them, and where they are not
 * installed the bot must be built and run all the same.
 * @param {readonly string[]} names
 * @returns {import('esbuild').Plugin}
 */
export function devPackagesOutside(names) {
  return {
    name: 'dev-packages-outside',
    setup({ onResolve }) {
      onResolve({ filter: /^[^.]/ }, ({ path, importer, kind }) => {
        const ours = kind !== 'entry-point' && !importer.includes('/node_modules/');
        const isDev = names.some((name) => path === name || path.startsWith(`${name}/`));
        return ours && isDev ? { path, external: true } : undefined;
      });
    },
  };
}

/**
 * cron-parser requires the CommonJS build of luxon, which we import: the same code twice.
 * @type {import('esbuild').Plugin}
 */
export const oneLuxon = {
  name: 'one-luxon',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^luxon$/ }, async ({ kind, resolveDir, importer }) => {
      if (kind !== 'require-call') return undefined;
      const { path } = await resolve('luxon', { kind: 'import-statement', resolveDir, importer });
      return { path };
    });
  },
};

/**
 * Source maps that packages bring along have gaps, and what stands in a gap counts as the end of the file before it: one of ours.
 * @type {import('esbuild').Plugin}
 */
export const packagesUnmapped = {
  name: 'packages-unmapped',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: source.replaceAll('//# sourceMappingURL=', '//'), loader: 'js' };
    });
  },
};

/**
 * express brings tables of Asian encodings, larger than the bot, for request bodies that are not UTF-8: the platform sends none.
 * @type {import('esbuild').Plugin}
 */
export const noEncodingTables = {
  name: 'no-encoding-tables',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]iconv-lite[\\/]encodings[\\/]tables[\\/]/ }, () => ({
      contents: "throw new Error('the table of this encoding is not in the bundle')",
      loader: 'js',
    }));
  },
};

/** The platform's APIs that the bot calls by the SDK's methods, as `client.<name>`. */
export const apisUsed = ['im'];

/** `this.<name> = { … };` in one of the SDK's generated classes. */
const API = /^ {8}this\.(\w+) = \{\n.*?^ {8}\};$/gms;

/**
 * Nine tenths of the SDK are generated methods for the platform's other APIs, built anew for each client. They hang on the
 * client's class, where no bundler sees that nobody calls them. Left out here, and undefined in the bundle.
 * @type {import('esbuild').Plugin}
 */
export const apisLeftOut = {
  name: 'apis-left-out',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]@larksuiteoapi[\\/]node-sdk[\\/]es[\\/]index\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source
        .replace(API, (whole, name) => (apisUsed.includes(name) || !whole.includes('/open-apis/') ? whole : ''))
        // Where the SDK finds its own version, for the User-Agent it sends.
        .replaceAll('(__dirname,', "(import.meta.dirname, '../node_modules/@larksuiteoapi/node-sdk/es',");
      return { contents, loader: 'js' };
    });
  },
};
