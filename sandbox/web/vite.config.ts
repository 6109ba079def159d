import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // Under `browser` it names a script that exports nothing.
  resolve: { alias: { roughjs: 'roughjs/bundled/rough.esm.js' } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The charts come in one large file of their own, fetched when the first chart is shown.
    chunkSizeWarningLimit: 4000,
  },
});
