import { crx } from '@crxjs/vite-plugin';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };

export default defineConfig({
  plugins: [preact(), crx({ manifest })],
  build: {
    outDir: 'dist/chromium',
    // What the manifests ask for; it keeps `light-dark()` as it is.
    target: ['chrome137', 'firefox140'],
    // Reviewers and bug reports read this code; the size is measured after gzip anyway.
    sourcemap: false,
    modulePreload: false,
  },
});
