/** Faults of gateways that send more than anybody reads. */
import { startRewritingProxy } from '../../harness/servers/meddling-proxy.ts';
import { flood } from '../../harness/servers/simulator/flood.ts';
import { type Fault, told } from './fault.ts';

const PER_SECOND = 10_000;

export const EXCESS: readonly Fault[] = [
  {
    name: 'gateway-floods',
    how: `a proxy that says ${PER_SECOND.toLocaleString('en')} events a second in the gateway’s name`,
    expected: told('reconnecting', 'gateway-flooding', 'gateway', 'gateway-logs'),
    async play(stage) {
      const proxy = await startRewritingProxy(stage.gateway.port, {});
      stage.atEnd(proxy.close);
      await stage.paired({ url: proxy.url });
      const pouring = flood(proxy.passages, PER_SECOND);
      stage.atEnd(async () => pouring.stop());
    },
  },
  {
    name: 'answer-too-large',
    how: 'a proxy that makes the gateway’s hello-ok 20 MB long',
    expected: told('reconnecting', 'answer-too-large', 'gateway', 'gateway-status'),
    async play(stage) {
      let isOn = false;
      const more = 'x'.repeat(20_000_000);
      const proxy = await startRewritingProxy(stage.gateway.port, {
        toClient: (text) =>
          isOn ? text.replace('"type":"hello-ok"', `"type":"hello-ok","more":"${more}"`) : text,
      });
      stage.atEnd(proxy.close);
      await stage.paired({ url: proxy.url });
      isOn = true;
      for (const passage of proxy.passages) passage.end(1012, 'service restart');
    },
  },
];
