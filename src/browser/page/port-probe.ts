/** What an address says about itself before we say anything: over HTTP, and over one fresh WebSocket. */
import type { FirstFrame, HttpAnswer } from '../../doctor/types.ts';
import { hasHostAccess } from '../permissions.ts';
import { TRACELESS } from '../traceless.ts';

/** Characters. What a gateway says of its health has a few hundred. */
const LONGEST_BODY = 20_000;

interface Answer {
  readonly status: number;
  readonly contentType: string;
  /** `null`: no JSON object, whatever the status; gateways up to 2026.2.26 answer everything with a page. */
  readonly body: Readonly<Record<string, unknown>> | null;
}

async function ask(url: string, signal: AbortSignal): Promise<Answer | null> {
  try {
    const response = await fetch(url, {
      ...TRACELESS,
      redirect: 'manual',
      signal,
    });
    const [contentType = ''] = (response.headers.get('content-type') ?? '').split(';');
    const isJson = contentType.trim() === 'application/json';
    const text = isJson ? (await response.text()).slice(0, LONGEST_BODY) : '';
    void response.body?.cancel().catch(() => {});
    return { status: response.status, contentType: contentType.trim(), body: isJson ? objectOf(text) : null };
  } catch {
    return null;
  }
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/**
 * Reads `/startupz` (from 2026.8.1), `/readyz` and `/healthz` (from 2026.3.1) of a gateway's address, if the user has
 * allowed reading that host. A status alone proves nothing: only JSON of the right shape does. Never throws.
 *
 * @param address the gateway's WebSocket address
 * @param timeoutMs for all of it
 */
export async function httpAnswer(address: string, timeoutMs: number): Promise<HttpAnswer> {
  if (!(await hasHostAccess(address))) return { kind: 'not-allowed' };
  // Below its own path: at the root of the host there may be another gateway, or none.
  const base = address.replace(/^ws/, 'http');
  const signal = AbortSignal.timeout(timeoutMs);
  const [startup, ready, health] = await Promise.all(
    ['/startupz', '/readyz', '/healthz'].map((path) => ask(base + path, signal)),
  );
  const phase = PHASES.find((each) => each === startup?.body?.status);
  const failing = Array.isArray(ready?.body?.failing)
    ? ready.body.failing.filter((each) => typeof each === 'string')
    : null;
  const isLive = health?.body?.status === 'live' || typeof ready?.body?.ready === 'boolean';
  if (phase || isLive) {
    const version = startup?.body?.version;
    return {
      kind: 'gateway',
      phase: failing?.includes('gateway-draining') ? 'draining' : (phase ?? 'live'),
      version: typeof version === 'string' ? version : null,
      failing,
    };
  }
  const any = health ?? startup ?? ready;
  return any ? { kind: 'other', status: any.status, contentType: any.contentType } : { kind: 'silent' };
}

const PHASES = ['started', 'starting', 'draining'] as const;

/**
 * Opens one WebSocket, sends nothing, and waits for the first word: a gateway speaks first. Never throws.
 *
 * For addresses where something is known to listen, and once per run: Chromium makes all of an extension wait for its
 * handshakes after about ten that failed.
 */
export function firstFrame(address: string, timeoutMs: number): Promise<FirstFrame> {
  const { promise, resolve } = Promise.withResolvers<FirstFrame>();
  let socket: WebSocket;
  try {
    socket = new WebSocket(address);
  } catch {
    return Promise.resolve('refused');
  }
  let hasOpened = false;
  socket.onopen = () => {
    hasOpened = true;
  };
  socket.onmessage = ({ data }) => resolve(isChallenge(data) ? 'challenge' : 'other');
  socket.onclose = () => resolve(hasOpened ? 'silent' : 'refused');
  const timer = setTimeout(() => resolve(hasOpened ? 'silent' : 'refused'), timeoutMs);
  return promise.finally(() => {
    clearTimeout(timer);
    socket.onmessage = null;
    socket.onclose = null;
    socket.close(1000);
  });
}

const isChallenge = (data: unknown): boolean =>
  typeof data === 'string' && objectOf(data.slice(0, LONGEST_BODY))?.event === 'connect.challenge';
