/** The demo's doctor: it sees what the simulated gateway shows, and touches no network. */
import { send } from '../../browser/page/worker-link.ts';
import { Doctor } from '../doctor/doctor.tsx';
import type { LookAround } from '../doctor/use-run.ts';
import { startDemo } from './start.tsx';
import { DEMO_ID } from './states.ts';

/** Milliseconds. A doctor that knows at once would not be believed. */
const LOOKS_TAKE_MS = 400;

const look: LookAround = async (status) => {
  const startedAt = Date.now();
  // Changes nothing, and is answered with a sign of life.
  await send({ type: 'put-first', gatewayId: DEMO_ID });
  await new Promise((resolve) => setTimeout(resolve, LOOKS_TAKE_MS));
  const answers = status?.code !== 'down' && status?.code !== 'reconnecting';
  return {
    startedAt,
    worker: { found: 'answers', tookMs: 3 },
    storage: { found: 'usable', tookMs: 2 },
    identity: { found: 'usable', tookMs: 1 },
    isOnline: status?.code !== 'offline',
    knock: { found: answers ? 'answered' : 'refused', tookMs: 6 },
    http: {
      found: answers
        ? { kind: 'gateway', phase: 'started', version: status?.serverVersion ?? null, failing: [] }
        : { kind: 'silent' },
      tookMs: 9,
    },
    firstFrame: null,
  };
};

startDemo('doctor', ({ snapshot }) => <Doctor snapshot={snapshot} look={look} />);
