/** A hostile web page and a hostile extension try everything. Nothing is answered, nothing changes, nothing is seen. */

import { connectsSince, connectsSoFar, judgedSince } from '../../harness/observe.ts';
import { expect, LONG, pairAndApprove, test, waitForStatus } from './fixtures.ts';
import {
  builtFiles,
  everyCommand,
  framed,
  HOSTILE_ADDRESSES,
  HOSTILE_EXTENSION,
  hostileWorker,
  keptState,
  NOWHERE,
  onlyGatewayId,
  opened,
  startSite,
} from './hostile.ts';

test('a hostile web page reaches no file, no page and no message of ours', LONG, async ({ ext, gateway }) => {
  const popup = await pairAndApprove(ext, gateway);
  await popup.close();
  const site = await startSite();
  const page = await ext.context.newPage();
  await page.goto(site.origin);
  const [before, connects] = [await keptState(ext), await connectsSoFar(gateway)];

  // It cannot even see that we are installed: what is not there is refused in the same way.
  const files = [...builtFiles(), 'no-such-file.js'].map((path) => ext.url(path));
  const reached = await page.evaluate(async (urls) => {
    const byElement = (tag: string, set: (element: any) => void): Promise<boolean> =>
      new Promise((done) => {
        const element = document.createElement(tag);
        element.addEventListener('load', () => done(true));
        element.addEventListener('error', () => done(false));
        set(element);
        document.head.append(element);
      });
    const ways: ((url: string) => Promise<boolean>)[] = [
      (url) => fetch(url).then(Boolean, () => false),
      (url) => fetch(url, { mode: 'no-cors' }).then(Boolean, () => false),
      (url) => import(url).then(Boolean, () => false),
      (url) => byElement('img', (image) => Object.assign(image, { src: url })),
      (url) => byElement('script', (script) => Object.assign(script, { src: url })),
      (url) => byElement('link', (link) => Object.assign(link, { rel: 'stylesheet', href: url })),
    ];
    const found: string[] = [];
    for (const url of urls) {
      const results = await Promise.all(ways.map((way) => way(url)));
      for (const [index, isReached] of results.entries()) if (isReached) found.push(`${index} ${url}`);
    }
    return found;
  }, files);
  expect(reached).toEqual([]);

  // No extension has named this page as one that may talk to it.
  expect(await page.evaluate(() => typeof (globalThis as any).chrome?.runtime?.sendMessage)).toBe(
    'undefined',
  );

  for (const address of HOSTILE_ADDRESSES) {
    expect(await framed(page, ext.url(address))).toBe(NOWHERE);
    expect(await opened(page, ext.url(address))).toBe(NOWHERE);
  }
  // By a redirect, and by a form.
  const away = `${site.origin}/away?${encodeURIComponent(ext.url(HOSTILE_ADDRESSES[0] ?? ''))}`;
  expect(await framed(page, away)).toBe(NOWHERE);
  await page.evaluate((action) => {
    const form = Object.assign(document.createElement('form'), { action, method: 'post' });
    document.body.append(form);
    form.submit();
  }, ext.url('src/popup/index.html'));
  await page.waitForURL(NOWHERE, { waitUntil: 'commit' });

  expect(await keptState(ext)).toBe(before);
  expect(await connectsSince(gateway, connects)).toEqual([]);
  site.close();
});

test(
  'a hostile extension with every permission gets no reply, sees no request, and changes nothing',
  LONG,
  async ({ launch, gateway }) => {
    const ext = await launch({ extraExtensions: [HOSTILE_EXTENSION] });
    const popup = await pairAndApprove(ext, gateway);
    const hostile = await hostileWorker(ext);
    const [before, connects] = [await keptState(ext), await connectsSoFar(gateway)];

    // Every command, in every shape, and every port.
    const commands: unknown[] = everyCommand(await onlyGatewayId(ext)).flatMap((command) => [
      command,
      { ...command, extra: 1 },
      [command],
      JSON.stringify(command),
    ]);
    const messages = [
      ...commands,
      null,
      0,
      '',
      [],
      {},
      { type: '__proto__' },
      { type: 'x'.repeat(1_000_000) },
    ];
    const heard = await hostile.evaluate(
      async ([id, sent]) => {
        const { runtime } = (globalThis as any).chrome;
        const replies: Promise<string>[] = (sent as unknown[]).map((message) =>
          runtime.sendMessage(id, message).then(
            (reply: unknown) => `reply: ${JSON.stringify(reply)}`,
            (error: Error) => error.message,
          ),
        );
        const ports = ['status', '', 'wake-up'].map(
          (name) =>
            new Promise<string>((done) => {
              const port = runtime.connect(id, { name });
              port.onMessage.addListener((message: unknown) => done(`message: ${JSON.stringify(message)}`));
              port.onDisconnect.addListener(() => done(runtime.lastError?.message ?? 'closed'));
            }),
        );
        return [...new Set(await Promise.all([...replies, ...ports]))];
      },
      [ext.id, messages] as const,
    );
    expect(heard).toEqual(['Could not establish connection. Receiving end does not exist.']);

    // Our files, our page in a tab, our worker, our storage.
    const taken = await hostile.evaluate(
      async ([id, files]) => {
        const { scripting, debugger: tool, tabs, storage } = (globalThis as any).chrome;
        const attempt = (what: Promise<unknown>): Promise<string | null> =>
          what.then(
            (got) => JSON.stringify(got) ?? 'done',
            () => null,
          );
        const tab = (await tabs.query({})).find(({ url }: any) => url.endsWith('src/popup/index.html'));
        const targets = (await tool.getTargets()).filter(({ url }: any) =>
          url.startsWith(`chrome-extension://${id}/`),
        );
        await tabs.update(tab.id, { active: true });
        const results = await Promise.all([
          ...files.map((file) => attempt(fetch(`chrome-extension://${id}/${file}`))),
          attempt(
            scripting.executeScript({ target: { tabId: tab.id }, func: () => document.body.innerText }),
          ),
          attempt(scripting.insertCSS({ target: { tabId: tab.id }, css: 'body { display: none }' })),
          attempt(tabs.sendMessage(tab.id, { type: 'pause' })),
          attempt(tabs.captureVisibleTab()),
          attempt(tool.attach({ tabId: tab.id }, '1.3')),
          attempt(tool.attach({ extensionId: id }, '1.3')),
          ...targets.map((target: any) => attempt(tool.attach({ targetId: target.id }, '1.3'))),
        ]);
        const own = { ...(await storage.local.get(null)), ...(await storage.sync.get(null)) };
        return { got: results.filter((each) => each !== null), targets: targets.length, own };
      },
      [ext.id, builtFiles()] as const,
    );
    expect(taken).toEqual({ got: [], targets: expect.any(Number), own: {} });
    expect(taken.targets).toBeGreaterThan(1);

    // Framed by one of its own pages.
    const page = await ext.context.newPage();
    await page.goto(hostile.url().replace('worker.js', 'page.html'));
    for (const address of HOSTILE_ADDRESSES) expect(await framed(page, ext.url(address))).toBe(NOWHERE);

    // A tab of ours it can open. That runs nothing, fills in nothing, and sends nothing to the gateway.
    for (const address of HOSTILE_ADDRESSES) {
      const opening = ext.context.waitForEvent('page');
      await hostile.evaluate((url) => (globalThis as any).chrome.tabs.create({ url }), ext.url(address));
      const tab = await opening;
      await tab.waitForFunction(() => (document.getElementById('app')?.textContent ?? '') !== '');
      expect(await tab.evaluate(() => (globalThis as any).owned)).toBeUndefined();
      expect(await tab.evaluate(() => document.querySelector('img[src=x]') !== null)).toBe(false);
      for (const field of await tab.locator('input, textarea').all()) {
        if ((await field.getAttribute('type')) !== 'checkbox')
          expect(await field.inputValue()).not.toMatch(/hostile|owned/);
      }
      await tab.close();
    }
    const titles = await hostile.evaluate(async () =>
      JSON.stringify(await (globalThis as any).chrome.tabs.query({})),
    );
    expect(titles).not.toContain(gateway.token);
    expect(await keptState(ext)).toBe(before);
    expect(await connectsSince(gateway, connects)).toEqual([]);

    // It watches all requests while we connect anew; of ours it sees none, of its own each.
    await hostile.evaluate(async (url) => {
      (globalThis as any).seen.length = 0;
      await fetch(url).catch(() => {});
    }, `http://127.0.0.1:${gateway.port}/hostile`);
    await ext.stopWorker();
    await popup.reload();
    await expect.poll(async () => (await connectsSince(gateway, connects)).length).toBe(1);
    await waitForStatus(popup, 'healthy');
    const seen: string[] = await hostile.evaluate(() => (globalThis as any).seen);
    expect([...new Set(seen.filter((url) => url.includes(String(gateway.port))))]).toEqual([
      `http://127.0.0.1:${gateway.port}/hostile`,
    ]);
  },
);

test(
  'a web page that floods the gateway does not lock us out, and when it ends we are back',
  LONG,
  async ({ ext, makeGateway }) => {
    // That of the other tests does not lock anybody out.
    const gateway = await makeGateway();
    const popup = await pairAndApprove(ext, gateway);
    const site = await startSite();
    const page = await ext.context.newPage();
    await page.goto(site.origin);
    const since = await connectsSoFar(gateway);
    // More sockets than a gateway lets anybody hold, and a wrong secret on each that it opens.
    await page.evaluate(async (url) => {
      const flood = (): void => {
        const socket = new WebSocket(url);
        socket.onmessage = () =>
          socket.send(
            JSON.stringify({
              type: 'req',
              id: '1',
              method: 'connect',
              params: {
                minProtocol: 3,
                maxProtocol: 4,
                client: { id: 'openclaw-control-ui', mode: 'webchat', version: '1', platform: 'web' },
                role: 'operator',
                scopes: [],
                auth: { token: 'not-the-secret' },
              },
            }),
          );
        socket.onclose = () => setTimeout(flood, 100);
      };
      for (let i = 0; i < 60; i += 1) flood();
    }, gateway.url);
    await expect.poll(() => gateway.connects().length).toBeGreaterThan(since + 20);
    // The connection that stands is not touched.
    expect(await popup.evaluate(() => document.documentElement.dataset.status)).toBe('healthy');
    await ext.stopWorker();
    await popup.reload();
    await expect.poll(() => gateway.connects().length).toBeGreaterThan(since + 60);
    await page.close();
    site.close();
    await waitForStatus(popup, 'healthy');
    const judged = await judgedSince(gateway, since);
    expect(judged.filter(({ accepted }) => !accepted)).toEqual([]);
    expect(judged.at(-1)).toMatchObject({ accepted: true, auth: 'device-token' });
  },
);
