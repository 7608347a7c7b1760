/** Faults that no single failure shows, only the past of a connection; and proxies that meddle. */

import { waitForStatus } from '../../harness/browser/popup-page.ts';
import { StatusRecorder } from '../../harness/browser/status-recorder.ts';
import { createGateway } from '../../harness/gateway/openclaw.ts';
import { startForwarder, startRewritingProxy } from '../../harness/servers/meddling-proxy.ts';
import type { Location } from '../../src/doctor/types.ts';
import type { Diagnosis } from '../../src/remedy/types.ts';
import { type Expected, type Fault, told } from './fault.ts';
import type { Stage } from './stage.ts';

/** Connected, and the past proves that something is wrong all the same. */
const found = (diagnosis: Diagnosis, location: Location, remedy: string | null, spent = 0): Expected => ({
  ...told('healthy', diagnosis, location, remedy, spent),
  cause: null,
});

/** Longer than the shortest life of a socket that the product judges by. */
const CUT_AFTER_MS = 21_000;

const TOO_LATE_MS = 3_500;

/** Repairs itself after its token was made stale, which `spoil` does. */
async function healed(stage: Stage, spoil: () => Promise<unknown>): Promise<void> {
  const since = Date.now();
  const recorder = await StatusRecorder.start(stage.page);
  await spoil();
  await recorder.first(['healed'], since, 20_000);
}

export const PAST: readonly Fault[] = [
  {
    name: 'protocol-foreign',
    how: 'a proxy makes our connect speak protocol 9, and the gateway refuses that',
    expected: told('needs-you', 'protocol-mismatch', 'unknown', 'update-extension'),
    async play(stage) {
      const proxy = await startRewritingProxy(stage.gateway.port, {
        toGateway: (text) => text.replace(/"(min|max)Protocol":\d+/g, (_, bound) => `"${bound}Protocol":9`),
      });
      stage.atEnd(proxy.close);
      await stage.paste(`${proxy.url}#${stage.gateway.token}`);
    },
  },
  {
    name: 'proxy-cuts',
    how: `a proxy that cuts every connection after ${CUT_AFTER_MS / 1000} s`,
    expected: found('idle-cut', 'network', 'check-proxy'),
    async play(stage) {
      const proxy = await startForwarder(stage.gateway.port, { cutAfterMs: CUT_AFTER_MS });
      stage.atEnd(proxy.close);
      await stage.paired({ url: proxy.url });
      const recorder = await StatusRecorder.start(stage.page);
      for (let cuts = 0; cuts < 3; cuts += 1) {
        const cut = await recorder.first(['reconnecting'], Date.now(), CUT_AFTER_MS + 5_000);
        await recorder.first(['healthy'], cut.at, 10_000);
      }
    },
  },
  {
    name: 'gateway-slow',
    how: `a proxy that holds back every message for ${TOO_LATE_MS / 1000} s`,
    expected: found('gateway-slow', 'gateway', 'gateway-stability'),
    async play(stage) {
      const proxy = await startRewritingProxy(stage.gateway.port, { delayMs: TOO_LATE_MS });
      stage.atEnd(proxy.close);
      const device = await stage.ask({ url: proxy.url });
      await stage.asOwner((owner) => owner.approve(device));
      await stage.page.reload();
      await waitForStatus(stage.page, 'healthy', 30_000);
    },
  },
  {
    name: 'restart-outlived',
    how: 'a proxy announces a restart in the gateway’s words; the same gateway answers again',
    expected: found('restart-outlived', 'gateway', 'port-owner'),
    async play(stage) {
      const proxy = await startRewritingProxy(stage.gateway.port, {});
      stage.atEnd(proxy.close);
      await stage.paired({ url: proxy.url });
      const payload = { reason: 'gateway restarting', restartExpectedMs: 1_500 };
      const recorder = await StatusRecorder.start(stage.page);
      const since = Date.now();
      for (const passage of proxy.passages) {
        passage.tell(JSON.stringify({ type: 'event', event: 'shutdown', payload }));
        passage.end(1012, 'service restart');
      }
      const left = await recorder.first(['starting'], since, 10_000);
      await recorder.first(['healthy'], left.at, 10_000);
    },
  },
  {
    name: 'devices-forgotten',
    how: 'devices rotate, twice within minutes; secret remembered',
    expected: { ...found('devices-forgotten', 'gateway', 'list-devices', 2), status: 'healed' },
    async play(stage) {
      const deviceId = await stage.paired({ isRemembered: true });
      const rotate = () =>
        stage.asOwner((owner) => owner.ask('device.token.rotate', { deviceId, role: 'operator' }));
      await healed(stage, rotate);
      await stage.press(/^dismiss/i);
      await waitForStatus(stage.page, 'healthy');
      await rotate();
      await waitForStatus(stage.page, 'healed');
    },
  },
  {
    name: 'gateways-alternate',
    how: 'two gateways with one secret take turns behind one address',
    expected: { ...found('gateways-alternate', 'gateway', 'gateway-status', 2), status: 'healed' },
    async play(stage) {
      const { gateway } = stage;
      const other = await createGateway({
        version: gateway.version,
        auth: { mode: 'token', token: gateway.token },
      });
      stage.atEnd(() => other.remove());
      stage.watch(other);
      await other.start();
      await other.ready();
      const proxy = await startForwarder(gateway.port);
      stage.atEnd(proxy.close);
      await stage.paired({ url: proxy.url, isRemembered: true });
      proxy.target = other.port;
      proxy.cut();
      await waitForStatus(stage.page, 'approval');
      await other.approve((await other.devices()).pending[0]?.requestId ?? '');
      await waitForStatus(stage.page, 'healed', 30_000);
      await stage.press(/^dismiss/i);
      await waitForStatus(stage.page, 'healthy');
      proxy.target = gateway.port;
      proxy.cut();
      await waitForStatus(stage.page, 'healed');
    },
  },
];
