/** Faults of a gateway that goes away, hangs, or comes back as another. */
import { waitForStatus } from '../../harness/browser/popup-page.ts';
import { type Fault, told } from './fault.ts';

export const OUTAGES: readonly Fault[] = [
  {
    name: 'gateway-stopped',
    how: 'SIGTERM: an orderly stop',
    expected: told('starting', 'gateway-stopping', 'gateway', 'gateway-status'),
    async play(stage) {
      await stage.paired();
      await stage.gateway.stop('SIGTERM');
    },
  },
  {
    name: 'gateway-starting',
    how: 'a gateway that was just started and asks everybody to wait',
    expected: told('starting', 'gateway-starting', 'gateway', 'wait'),
    limitMs: 90_000,
    async play(stage) {
      await stage.paired();
      await stage.gateway.stop('SIGKILL');
      await waitForStatus(stage.page, 'reconnecting');
      stage.gateway.launch();
    },
  },
  {
    name: 'gateway-hangs',
    how: 'SIGSTOP: the socket stays open and nobody answers',
    expected: told('reconnecting', 'gateway-not-answering', 'gateway', 'gateway-status'),
    limitMs: 35_000,
    async play(stage) {
      await stage.paired();
      stage.gateway.signal('SIGSTOP');
      stage.atEnd(async () => stage.gateway.signal('SIGCONT'));
    },
  },
  {
    name: 'gateway-killed',
    how: 'SIGKILL',
    expected: told('reconnecting', 'gateway-unreachable', 'gateway', 'gateway-status'),
    async play(stage) {
      await stage.paired();
      await stage.gateway.stop('SIGKILL');
    },
  },
  {
    name: 'gateway-flaps',
    how: 'killed and started again four times within a minute or two',
    expected: { ...told('healthy', 'gateway-flapping', 'gateway', 'gateway-logs'), cause: null },
    limitMs: 30_000,
    async play(stage) {
      await stage.paired();
      for (let life = 0; life < 4; life += 1) {
        await stage.gateway.stop('SIGKILL');
        await waitForStatus(stage.page, 'reconnecting');
        await stage.gateway.start();
        await waitForStatus(stage.page, 'healthy', 120_000);
      }
    },
  },
];
