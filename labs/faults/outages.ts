/** Faults of a gateway that goes away, hangs, or comes back as another. */
import { waitForStatus } from '../../harness/browser/popup-page.ts';
import { createGateway, type Gateway } from '../../harness/gateway/openclaw.ts';
import { ownDeviceId } from '../../harness/observe.ts';
import { type Fault, told } from './fault.ts';
import type { Stage } from './stage.ts';

/** Ours stops, and another gateway has its port until the popup says so. */
async function takenOver(stage: Stage, { hasSameSecret = false } = {}): Promise<Gateway> {
  const { gateway, page } = stage;
  await gateway.stop('SIGTERM');
  const auth = { mode: 'token', token: gateway.token };
  const other = await createGateway({ port: gateway.port, ...(hasSameSecret && { auth }) });
  stage.atEnd(() => other.remove());
  stage.watch(other);
  await other.start();
  await waitForStatus(page, 'needs-you', 90_000);
  return other;
}

/** Who refuses the device token never issued it: nothing that pairs anew may be sent there. */
const MAYBE_ANOTHER = told('needs-you', 'maybe-another-gateway', 'unknown', 'gateway-status', 1);

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
    name: 'other-gateway-token',
    how: 'another gateway takes the port; paired by setup code',
    expected: MAYBE_ANOTHER,
    async play(stage) {
      const { gateway, page } = stage;
      await stage.paste(await gateway.setupCode());
      await waitForStatus(page, 'approval');
      await stage.approved(await ownDeviceId(stage.ext));
      await takenOver(stage);
    },
  },
  {
    name: 'other-gateway-secret',
    how: 'another gateway with the same secret takes the port; the secret is remembered',
    expected: MAYBE_ANOTHER,
    async play(stage) {
      await stage.paired({ isRemembered: true });
      await takenOver(stage, { hasSameSecret: true });
    },
  },
  {
    name: 'other-gateway-before-approval',
    how: 'another gateway takes the port while our request waits for approval; the secret is remembered',
    expected: told('needs-you', 'gateway-secret-mismatch', 'browser', 'new-setup-code', 1),
    async play(stage) {
      await stage.ask({ isRemembered: true });
      await takenOver(stage);
    },
  },
  {
    name: 'other-gateway-left',
    how: 'another gateway had the port, and the right one is back; the secret is not remembered',
    expected: {
      ...told('healthy', 'other-gateway-answered', 'gateway', 'gateway-status', 1),
      cause: null,
    },
    async play(stage) {
      await stage.paired();
      const other = await takenOver(stage);
      await other.stop('SIGTERM');
      await stage.gateway.start();
      await waitForStatus(stage.page, 'healthy', 60_000);
    },
  },
  {
    name: 'gateway-flaps',
    how: 'killed and started again four times within a minute or two',
    expected: { ...told('healthy', 'gateway-flapping', 'gateway', 'gateway-logs'), cause: null },
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
