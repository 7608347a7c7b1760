/**
 * The report that a user copies into an issue: Markdown, in English, for those who help. Pure.
 *
 * Secrets cannot get in: nothing that it is made from holds one by type, and every cell is redacted all the same.
 * Names of hosts and people stay out; the hosts unless the user wants them in.
 */

import { presentable } from '../foreign-text.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import type { AreaResult } from '../inside/findings.ts';
import type { RoadEvidence } from '../road/evidence.ts';
import { walkRoad } from '../road/steps.ts';
import { hostMask } from './hosts.ts';
import { decisionPath } from './path.ts';
import { preflight } from './preflight.ts';
import type { Observations, Outcome, Verdict } from './types.ts';

export interface ReportInput {
  readonly seen: Observations;
  readonly outcomes: readonly Outcome[];
  readonly verdict: Verdict;
  /** Of the extension and, as family and major version, of the browser. */
  readonly versions: { readonly extension: string; readonly browser: string };
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly includeHosts: boolean;
  /** What is known of other clients, where the user allowed it: codes and times, and no name or address. */
  readonly others?: readonly OtherRow[];
  /** What a look inside the gateway came to; `null`: there was none. */
  readonly inside?: readonly AreaResult[] | null;
}

/** A client that was refused: its kind, why, how that stands, how often, since when and until when. */
export type OtherRow = readonly [
  client: string,
  cause: string,
  standing: string,
  count: number,
  firstAt: number,
  lastAt: number,
  version: string | null,
];

type Cell = string | number | boolean | null;

const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const ms = (value: number | null): string | null => (value === null ? null : `${Math.round(value)} ms`);

/** Long runs that are no word: what `redact` would leave for being cut by hyphens into short pieces. */
const LONG_RUN = /[\w+-]{32,}={0,2}/g;
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;
const isWord = (run: string): boolean =>
  !/\d/.test(run.replace(UUID, '')) && !(/[a-z]/.test(run) && /[A-Z]/.test(run));

/** Foreign text without anything that may be a secret, on one line. */
const clean = (text: string): string =>
  presentable(text).replace(LONG_RUN, (run) => (isWord(run) ? run : '[secret]'));

/** Builds the report. Never throws. */
export function report({
  seen,
  outcomes,
  verdict,
  versions,
  now,
  includeHosts,
  others = [],
  inside = null,
}: ReportInput): string {
  const { status } = seen;
  const mask = hostMask([status?.address, status?.relay.address], includeHosts);
  /** Fit for a table's cell: redacted, on one line, and neither the cell's end nor Markdown or HTML of its own. */
  const say = (cell: Cell): string =>
    cell === null ? '' : mask(clean(String(cell))).replace(/[|`<>[\]*!\\]/g, ' ');
  const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
    [head, head.map(() => '---'), ...rows.map((row) => row.map(say))]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n');
  const facts = (rows: readonly (readonly [string, Cell])[]): string =>
    table(
      ['fact', 'value'],
      rows.filter(([, value]) => value !== null && value !== ''),
    );

  const parts = [
    '## Relay Health for OpenClaw (unofficial): diagnostics',
    facts([
      [
        'verdict',
        verdict.diagnosis ?? (verdict.location === 'unknown' ? 'nothing proved' : 'no problems found'),
      ],
      ['fault lies in', verdict.location],
      ['made', time(now)],
      ['extension', versions.extension],
      ['browser', versions.browser],
      ['stored data', seen.storageProblem],
      ['set up', status === null ? 'no gateway' : null],
    ]),
    '### Steps',
    table(
      ['step', 'result', 'because', 'found', 'took'],
      outcomes.map(({ id, result, because, figures, tookMs }) => [
        id,
        result,
        because,
        figures.join(', '),
        ms(tookMs),
      ]),
    ),
    '### Way to the cause',
    table(
      ['question', 'answer', 'by'],
      decisionPath(outcomes).map(({ question, answer, by }) => [question, answer, by]),
    ),
    ...(seen.looks.road
      ? [
          '### Way',
          table(
            ['step', 'result'],
            walkRoad(seen.looks.road.evidence, seen.looks.road.finding).map(({ step, result }) => [
              step,
              result,
            ]),
          ),
          facts(roadFacts(seen.looks.road.evidence)),
        ]
      : []),
    ...(inside === null
      ? []
      : ['### Inside the gateway', table(['what', 'result', 'found'], insideRows(inside))]),
    ...(status === null
      ? []
      : ['### Gateway', facts(gatewayFacts(status, now)), '### Relay', facts(relayFacts(status))]),
  ];
  const rejected = table(
    ['client', 'cause', 'stands', 'count', 'first', 'last', 'version'],
    others.map(([client, cause, standing, count, firstAt, lastAt, version]) => [
      client,
      cause,
      standing,
      count,
      time(firstAt),
      time(lastAt),
      version,
    ]),
  );
  const all = others.length === 0 ? parts : [...parts, '### Other clients that were rejected', rejected];
  return `${all.join('\n\n')}\n`;
}

function roadFacts(road: RoadEvidence): (readonly [string, Cell])[] {
  const { own, other, page, isAllowed, isSeen, isUpgraded, socket, otherSocket } = road;
  return [
    ['answers may be read', isAllowed],
    ['errors may be seen', isSeen],
    ['request', [own.found, own.error].filter((part) => part !== null).join(' ')],
    ['other scheme', other && [other.found, other.error].filter((part) => part !== null).join(' ')],
    ['turned to https by the browser', isUpgraded || null],
    ['HTTP', page && `${page.status} ${page.contentType}`],
    ['server', page?.product ?? null],
    ['leads', page?.leads ?? null],
    ['WebSocket', socket],
    ['WebSocket, other scheme', otherSocket],
  ];
}

/** Codes and numbers: the names and words that a gateway gives its parts stay with the user. */
const insideRows = (inside: readonly AreaResult[]): (readonly Cell[])[] =>
  inside.map(({ area, result, findings }) => [
    area,
    result,
    findings
      .map(({ code, figures }) => [code, ...figures.filter((each) => typeof each === 'number')].join(' '))
      .join(', '),
  ]);

function gatewayFacts(status: GatewayStatus, now: number): (readonly [string, Cell])[] {
  const { level, reasons, tokenAgeMs } = preflight(status, now);
  const { notice } = status;
  return [
    ['address', status.address],
    ['reach', status.reach],
    ['state', status.code],
    ['cause', status.cause],
    ['since', time(status.since)],
    ['last proof', time(status.provenAt)],
    ['close code', status.closeCode],
    ['words of the gateway', status.words],
    ['version', status.serverVersion],
    ['protocol', status.protocol],
    ['answered in', ms(status.latencyMs)],
    ['challenge after', ms(status.challengeMs)],
    ['hello after', ms(status.helloMs)],
    ['gateway clock minus ours', ms(status.skewMs)],
    ['device token issued', time(status.deviceTokenIssuedAt)],
    ['device token age', tokenAgeMs === null ? null : `${(tokenAgeMs / 86_400_000).toFixed(1)} days`],
    ['signs in without device token', status.isWithoutDeviceToken || null],
    ['can repair alone', status.selfRepair === 'on'],
    ['request', status.requestId],
    ['failed tries in a row', status.attempt],
    ['next try', time(status.nextTryAt)],
    ['last restart', time(status.restartedAt)],
    ['last repair', time(status.repairedAt)],
    [
      'notice',
      notice === null
        ? null
        : [notice.kind, 'cause' in notice ? notice.cause : '', time(notice.at)].join(' '),
    ],
    ...status.findings.map(
      ({ code, at, figures }) => ['finding', [code, time(at), ...figures].join(' ')] as const,
    ),
    ['pre-flight', [level, ...reasons.map(({ code }) => code)].join(' ')],
  ];
}

function relayFacts({ relay }: GatewayStatus): (readonly [string, Cell])[] {
  return [
    ['found', relay.cause],
    ['worth', relay.bearing],
    ['generation', relay.generation],
    ['address', relay.address],
    ['official extension attached', relay.attached],
    ['process on its port', relay.process],
    ['words of the relay', relay.words],
    ['looked', time(relay.checkedAt)],
    ['same since', time(relay.since)],
    ['took', ms(relay.tookMs)],
    ['we hold its pairing', relay.isKeyHeld],
    ['expected to work', relay.isExpected],
  ];
}
