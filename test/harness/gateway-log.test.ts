import { expect, it } from 'vitest';
import { isAnyUnjudged, readConnects } from '../../harness/gateway/gateway-log.ts';

const AT = '2026-11-30T11:16:18.617+00:00';
const PEER = '127.0.0.1:43518->127.0.0.1:40165';
const CLOSE = `${AT} [ws] → close code=1008 cause=unauthorized handshake=failed endpoint=${PEER} conn=9bf0`;
const ORIGIN = 'chrome-extension://ours';
const REFUSED = {
  at: Date.parse(AT),
  accepted: false,
  cause: 'unauthorized',
  origin: ORIGIN,
  authReason: 'device_token_mismatch',
};

it.each([
  ['2026.9', [`[ws] closed before connect peer=${PEER} origin=${ORIGIN} authReason=device_token_mismatch`]],
  [
    '2026.8',
    [
      `[ws] unauthorized conn=9bf0 peer=${PEER} origin=${ORIGIN} reason=device_token_mismatch guidance=unauthorized`,
      `[ws] closed before connect conn=9bf0 peer=${PEER} origin=${ORIGIN} code=1008 reason=unauthorized: it`,
    ],
  ],
])('a credential that %s refuses is known by its reason, in whatever order the lines come', (_, lines) => {
  const told = lines.map((line) => `${AT} ${line}`);
  expect(readConnects([...told, CLOSE].join('\n'))).toEqual([REFUSED]);
  expect(readConnects([CLOSE, ...told.toReversed()].join('\n'))).toEqual([REFUSED]);
});

it('a socket that was refused is judged when its close is told, whoever was let in meanwhile', () => {
  const open = `${AT} [ws] ← open remoteAddr=127.0.0.1 endpoint=${PEER} conn=9bf0`;
  const taken = `${AT} [ws] ← connect client=cli clientId=cli auth=token`;
  const left = `${AT} [ws] → close code=1006 durationMs=60 handshake=connected endpoint=${PEER}`;
  const refused = [open, open, taken];
  expect(isAnyUnjudged('')).toBe(false);
  expect(isAnyUnjudged(refused.join('\n'))).toBe(true);
  expect(isAnyUnjudged([...refused, left].join('\n'))).toBe(true);
  expect(isAnyUnjudged([...refused, left, CLOSE].join('\n'))).toBe(false);
});

it('a close without a refusal is none', () => {
  expect(readConnects(CLOSE)).toEqual([]);
});

it('a port that is used again tells of each of its sockets', () => {
  const told = (conn: string, reason: string): string[] => [
    `${AT} [ws] unauthorized conn=${conn} peer=${PEER} origin=${ORIGIN} reason=${reason} guidance=unauthorized`,
    `${AT} [ws] closed before connect conn=${conn} peer=${PEER} origin=${ORIGIN} code=1008 reason=unauthorized: it`,
    `${AT} [ws] → close code=1008 cause=unauthorized handshake=failed endpoint=${PEER}`,
  ];
  const letIn = `${AT} [ws] → close code=1006 handshake=connected endpoint=${PEER}`;
  const left = [
    `${AT} [ws] closed before connect conn=left peer=${PEER} code=1006 handshake=pending`,
    `${AT} [ws] → close code=1006 handshake=pending endpoint=${PEER}`,
  ];
  const log = [...told('1', 'token_mismatch'), letIn, ...left, ...told('2', 'device_token_mismatch')];
  expect(readConnects(log.slice(0, 3).join('\n'))).toHaveLength(1);
  expect(readConnects(log.join('\n')).map(({ authReason }) => authReason)).toEqual([
    'token_mismatch',
    'device_token_mismatch',
  ]);
});

it('connects stand in the order of their sockets, although a refusal is told late', () => {
  const open = (port: number, conn: string): string =>
    `${AT} [ws] ← open remoteAddr=127.0.0.1 remotePort=${port} endpoint=127.0.0.1:${port}->127.0.0.1:1 conn=${conn}`;
  const log = [
    open(1001, 'aaaa…1'),
    `${AT} [ws] unauthorized conn=aaaa-1 peer=127.0.0.1:1001->127.0.0.1:1 reason=token_mismatch`,
    open(1002, 'bbbb…2'),
    `${AT} [ws] ← connect client=cli clientId=cli auth=device-token`,
    `${AT} [ws] closed before connect conn=aaaa-1 peer=127.0.0.1:1001->127.0.0.1:1 origin=${ORIGIN}`,
    `${AT} [ws] → close code=1008 cause=unauthorized handshake=failed endpoint=127.0.0.1:1001->127.0.0.1:1 conn=aaaa…1`,
    `${AT} [ws] → close code=1006 handshake=connected endpoint=127.0.0.1:1002->127.0.0.1:1 conn=bbbb…2`,
  ];
  expect(readConnects(log.join('\n')).map(({ auth, authReason }) => auth ?? authReason)).toEqual([
    'token_mismatch',
    'device-token',
  ]);
});
