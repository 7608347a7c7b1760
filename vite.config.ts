import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { crx } from '@crxjs/vite-plugin';
import preact from '@preact/preset-vite';
import { type BuildOptions, build, defineConfig, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import { licences } from './scripts/lib/licences.ts';

const OPTIONS: BuildOptions = {
  // What the manifests ask for; it keeps `light-dark()` as it is.
  target: ['chrome137', 'firefox140'],
  // Reviewers and bug reports read this code; the size is measured after gzip anyway.
  sourcemap: false,
  modulePreload: false,
};

/** One for all the builds beneath: together they know whose code a package contains. */
const thirdParty = licences();

/** What pages have instead of the polyfill: see `src/browser/api.ts`. */
const NATIVE_API = 'src/browser/native-api.ts';

/** The pages that open in a tab. */
const TABS = {
  doctor: 'src/pages/doctor/index.html',
  history: 'src/pages/history/index.html',
  options: 'src/pages/options/index.html',
  others: 'src/pages/others/index.html',
  welcome: 'src/pages/welcome/index.html',
};

/** The demo shows parts of all others: apart from them, so that none of them grows by it. */
const DEMO = {
  demo: 'src/pages/demo/index.html',
  'demo-doctor': 'src/pages/demo/doctor.html',
  'demo-history': 'src/pages/demo/history.html',
};

/**
 * What the popup's parts share, in one file: each further one costs a first paint some milliseconds. Apart from what
 * is loaded before all the rest.
 */
const SHARED = {
  codeSplitting: {
    groups: [
      {
        name: 'first-read',
        test: /\/src\/(popup\/first-read|browser\/(page\/first-read|native-api|api)|storage\/layout)\.ts/,
        priority: 1,
      },
      {
        name: 'shared',
        test: /node_modules\/preact|\/src\/(browser\/(i18n|traceless)|gateway\/(causes|finding|status)|relay\/causes|ports)\.ts/,
      },
    ],
  },
};

/** Has the popup read the disk while the rest of it is being loaded: a page's other scripts wait for each other. */
function readsFirst(): Plugin {
  return {
    name: 'reads-first',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const file = Object.values(bundle).find(({ name }) => name === 'first-read')?.fileName;
        if (!file) return;
        return [
          {
            tag: 'script',
            attrs: { type: 'module', async: true, src: `/${file}` },
            injectTo: 'head-prepend',
          },
        ];
      },
    },
  };
}

/**
 * Builds worker, popup and tabs as bundles of their own. In one bundle, whatever two of them share would be cut into
 * pieces that compress badly: 2 kB of the worker and 1.4 kB of the popup's first paint.
 */
function pages(): Plugin {
  let outDir = '';
  return {
    name: 'pages',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    async closeBundle() {
      for (const [input, output] of [
        [{ popup: manifest.action.default_popup }, SHARED],
        [TABS],
        [DEMO],
      ] as const) {
        await build({
          configFile: false,
          logLevel: 'warn',
          publicDir: false,
          plugins: [preact(), thirdParty, readsFirst()],
          resolve: { alias: { 'webextension-polyfill': resolve(import.meta.dirname, NATIVE_API) } },
          build: {
            ...OPTIONS,
            outDir,
            emptyOutDir: false,
            rollupOptions: {
              input,
              ...(output && { output }),
              // What one page needs at once another may load later.
              checks: { ineffectiveDynamicImport: false },
            },
          },
        });
      }
      const path = join(outDir, 'manifest.json');
      const built = JSON.parse(await readFile(path, 'utf8'));
      const { action, options_ui } = manifest;
      const background = await namedByContent(outDir, built.background);
      await writeFile(path, `${JSON.stringify({ ...built, action, options_ui, background }, null, 2)}\n`);
    },
  };
}

/**
 * The worker by a name that changes with its content. Under one that stays Chromium goes on with the old worker for
 * ever, if an unpacked extension was replaced while the browser was closed.
 */
async function namedByContent<T extends { service_worker: string }>(
  outDir: string,
  background: T,
): Promise<T> {
  const loader = join(outDir, background.service_worker);
  const [, bundle] = (await readFile(loader, 'utf8')).match(/^import '\.\/(assets\/[^']+)';\s*$/) ?? [];
  if (bundle === undefined) throw new Error('The worker is loaded in another way now.');
  await rm(loader);
  return { ...background, service_worker: bundle };
}

/** The browser's interfaces that this extension calls, `action` among them by `setIcon` and its like. */
const CALLED = [
  'action',
  'alarms',
  'commands',
  'contextMenus',
  'i18n',
  'notifications',
  'permissions',
  'runtime',
  'storage',
  'tabs',
];

/**
 * The polyfill carries a table of all that browsers ever offered, 2 kB after compression. What is not called does not
 * have to be wrapped.
 */
function leanPolyfill(): Plugin {
  return {
    name: 'lean-polyfill',
    transform(code, id) {
      if (!id.includes('webextension-polyfill')) return;
      const [start, end] = [
        code.indexOf('const apiMetadata = {'),
        code.indexOf('\n      };', code.indexOf('const apiMetadata')),
      ];
      if (start < 0 || end < 0) this.error('the polyfill keeps its table elsewhere now');
      const table = JSON.parse(code.slice(start + 'const apiMetadata = '.length, end + '\n      }'.length));
      const kept = Object.fromEntries(Object.entries(table).filter(([name]) => CALLED.includes(name)));
      return {
        code: `${code.slice(0, start)}const apiMetadata = ${JSON.stringify(kept)}${code.slice(end + '\n      }'.length)}`,
        map: null,
      };
    },
  };
}

/** The worker's bundle knows of no page: with them, what they share would be cut out of it. */
const { options_ui: _, ...pageless } = manifest;
const { default_popup: __, ...action } = manifest.action;

export default defineConfig({
  plugins: [
    thirdParty,
    leanPolyfill(),
    crx({ manifest: { ...pageless, action } as typeof manifest }),
    pages(),
  ],
  build: { ...OPTIONS, outDir: 'dist/chromium' },
});
