/** One outage. `lagMs` per contender: from the gateway's admitting clients to its hello; null: not seen. */
export interface Round {
  wantedMs: number;
  downtimeMs: number;
  lagMs: Record<string, number | null>;
}

export interface Summary {
  median: number | null;
  worst: number | null;
}

const inSeconds = (ms: number | null | undefined): string =>
  ms === null || ms === undefined ? 'not back' : `${(ms / 1000).toFixed(2)} s`;

/** Median and worst lag of one contender. A round without recovery makes the worst, and counts as endless. */
export function summarise(rounds: Round[], name: string): Summary {
  const lags = rounds.map(({ lagMs }) => lagMs[name] ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const at = (index: number): number => lags[index] ?? Number.POSITIVE_INFINITY;
  const middle = (lags.length - 1) / 2;
  const finite = (ms: number): number | null => (Number.isFinite(ms) ? ms : null);
  return {
    median: finite((at(Math.floor(middle)) + at(Math.ceil(middle))) / 2),
    worst: finite(at(lags.length - 1)),
  };
}

/** A table of all rounds with median and worst at its foot. */
export function table(rounds: Round[], names: string[]): string {
  const summaries = names.map((name) => summarise(rounds, name));
  const rows = [
    ['downtime', ...names],
    ...rounds.map(({ downtimeMs, lagMs }) => [
      inSeconds(downtimeMs),
      ...names.map((name) => inSeconds(lagMs[name])),
    ]),
    ['median', ...summaries.map(({ median }) => inSeconds(median))],
    ['worst', ...summaries.map(({ worst }) => inSeconds(worst))],
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padStart(widths[column]!)).join('   '));
  const rule = '-'.repeat(lines[0]!.length);
  return [lines[0], rule, ...lines.slice(1, -2), rule, ...lines.slice(-2)].join('\n');
}
