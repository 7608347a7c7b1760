import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/doctor/checks.ts';
import { CHECKS, type CheckId, type Observations, type Outcome } from '../../src/doctor/types.ts';
import { CAUSES, causeOf } from '../../src/gateway/causes.ts';
import { STATUS_CODES } from '../../src/gateway/status.ts';
import { bearingOf, RELAY_CAUSES } from '../../src/relay/causes.ts';
import { healthOf, seenOf } from '../fixtures/observed.ts';

const took = (found: string) => ({ found, tookMs: 5 }) as never;
const resultsOf = (seen: Observations): Record<CheckId, string> =>
  Object.fromEntries(
    examine(seen).map(({ id, result, because }) => [id, because === null ? result : `${result} ${because}`]),
  ) as Record<CheckId, string>;
const relayOf = (changes: object) => ({ relay: { ...healthOf().relay, ...changes } });

describe('the steps', () => {
  it('come in their order, each once', () => {
    expect(examine(seenOf()).map(({ id }) => id)).toEqual(CHECKS);
  });

  it('all pass where all is well, but for what a gateway on this computer does not need', () => {
    const relay = relayOf({
      cause: 'relay-attached',
      bearing: 'proved',
      attached: 'yes',
      isKeyHeld: true,
      keyProvenAt: 1,
      generation: 'v2',
    });
    const results = resultsOf(seenOf(relay));
    expect(results['NET-ONLINE']).toBe('skip not-applicable');
    const others = CHECKS.filter((id) => id !== 'NET-ONLINE');
    expect(others.filter((id) => results[id] !== 'pass')).toEqual([]);
  });

  it('are few where nothing is set up, and none reaches out', () => {
    const results = resultsOf(seenOf(null, { identity: null, knock: null, http: null }));
    expect(results).toMatchObject({
      'EXT-WORKER': 'pass',
      'EXT-STORAGE': 'pass',
      'NET-LISTEN': 'skip not-set-up',
      'RL-KEY': 'skip not-set-up',
    });
  });

  it('leave a paused gateway alone', () => {
    const results = resultsOf(seenOf({ code: 'paused' }, { knock: null, http: null }));
    expect(CHECKS.filter((id) => !id.startsWith('EXT-')).map((id) => results[id])).toEqual(
      Array(15).fill('skip paused'),
    );
  });

  it('say why a step was not taken by the step at the root of it', () => {
    const results = resultsOf(
      seenOf(
        { code: 'down', cause: 'gateway-unreachable' },
        { knock: took('refused'), http: took('silent') },
      ),
    );
    expect(results).toMatchObject({
      'EXT-WORKER': 'pass',
      'NET-LISTEN': 'fail gateway-unreachable',
      'NET-HTTP': 'skip NET-LISTEN',
      'GW-SPEAKS': 'skip NET-LISTEN',
      'GW-APPROVED': 'skip NET-LISTEN',
      'RL-ATTACHED': 'skip NET-LISTEN',
    });
  });
});

describe('the page’s own looks', () => {
  const lost = { code: 'reconnecting', cause: 'connection-lost' } as const;

  it.each([
    [{ knock: took('refused') }, 'NET-LISTEN', 'gateway-unreachable'],
    [{ knock: took('timeout') }, 'NET-LISTEN', 'gateway-not-answering'],
    [{ http: null, firstFrame: took('silent') }, 'GW-SPEAKS', 'gateway-mute'],
    [{ http: null, firstFrame: took('other') }, 'GW-SPEAKS', 'not-a-gateway'],
    [{ http: null, firstFrame: took('refused') }, 'GW-SPEAKS', 'handshake-failed'],
    [
      { http: took({ kind: 'gateway', phase: 'starting', version: null, failing: null } as never) },
      'GW-READY',
      'gateway-starting',
    ],
  ] as const)('%j stops a dead worker’s page at %s', (looks, id, because) => {
    const seen = seenOf(lost, { worker: took('silent'), ...looks } as never);
    expect(examine(seen).find((outcome) => outcome.result === 'fail' && outcome.id === id)?.because).toBe(
      because,
    );
  });

  it('never blame a gateway that was never met for not answering', () => {
    const seen = seenOf({ ...lost, provenAt: null }, { worker: took('silent'), knock: took('timeout') });
    expect(resultsOf(seen)['NET-LISTEN']).toBe('fail address-silent');
  });

  it('do not doubt a connection that holds', () => {
    const results = resultsOf(seenOf({}, { knock: took('timeout'), isOnline: false }));
    expect(results['NET-LISTEN']).toBe('pass');
    for (const found of ['silent', 'other', 'refused']) {
      const before = { http: took({ kind: 'not-allowed' } as never), firstFrame: took(found) };
      expect(resultsOf(seenOf({}, before as never))['GW-SPEAKS']).toBe('pass');
    }
    expect(resultsOf(seenOf({ reach: 'private' }, { isOnline: false }))['NET-ONLINE']).toBe('pass');
  });

  it('are believed of a worker that is dead: what it said before proves nothing now', () => {
    const results = resultsOf(seenOf({}, { worker: took('silent'), knock: took('refused') }));
    expect(results).toMatchObject({
      'EXT-WORKER': 'fail worker-silent',
      'NET-LISTEN': 'fail gateway-unreachable',
      'GW-LIVES': 'skip EXT-WORKER',
    });
  });

  it('ask for a permission instead of guessing', () => {
    const results = resultsOf(seenOf({ code: 'unknown' }, { http: took({ kind: 'not-allowed' } as never) }));
    expect(results['NET-HTTP']).toBe('skip needs-permission');
    expect(results['GW-READY']).toBe('skip needs-permission');
  });
});

describe('a proof of life', () => {
  it('counts if it came during the run', () => {
    expect(resultsOf(seenOf({ provenAt: seenOf().looks.startedAt }))['GW-LIVES']).toBe('pass');
    expect(resultsOf(seenOf({ provenAt: seenOf().looks.startedAt - 1 }))['GW-LIVES']).toBe('warn');
    expect(resultsOf(seenOf({ code: 'unknown' }))['GW-LIVES']).toBe('warn');
  });
});

describe('a cause', () => {
  const seenWith = (cause: (typeof CAUSES)[number]) => seenOf({ code: 'needs-you', cause }, { http: null });

  it.each(CAUSES)('%s fails exactly one step, and passes none after it', (cause) => {
    const looks = causeOf(cause).bearing === 'offline' ? { isOnline: false } : {};
    const outcomes = examine(seenOf({ code: 'down', cause, reach: 'private' }, { http: null, ...looks }));
    const failed = outcomes.filter(({ result }) => result === 'fail');
    expect(failed.map(({ because }) => because)).toEqual([cause]);
    const needsIt = outcomes.filter(({ because }) => because === failed[0]?.id);
    expect(needsIt.every(({ result }) => result === 'skip')).toBe(true);
  });

  it('that the gateway gave proves every step before it', () => {
    expect(resultsOf(seenWith('not-paired'))).toMatchObject({
      'GW-SPEAKS': 'pass',
      'GW-READY': 'pass',
      'GW-ADMITS': 'pass',
      'GW-ACCEPTS': 'pass',
      'GW-APPROVED': 'fail not-paired',
      'GW-LIVES': 'skip GW-APPROVED',
    });
  });

  it('does not make a device token of whatever got us that far', () => {
    const figures = (seen: Observations) => examine(seen).find(({ id }) => id === 'GW-ACCEPTS')?.figures;
    expect(figures(seenWith('not-paired'))).toEqual(['other']);
    expect(figures(seenOf())).toEqual(['device-token']);
    expect(figures(seenOf({ isWithoutDeviceToken: true }))).toEqual(['gateway-secret']);
  });

  it('of our own proves nothing of the gateway', () => {
    expect(resultsOf(seenWith('no-credential'))).toMatchObject({
      'GW-READY': 'skip not-tried',
      'GW-ADMITS': 'skip not-tried',
      'GW-ACCEPTS': 'fail no-credential',
    });
  });

  it('stays known when the gateway is away meanwhile', () => {
    const results = resultsOf(
      seenOf({ code: 'needs-you', cause: 'gateway-secret-mismatch' }, { knock: took('refused') }),
    );
    expect(results['NET-LISTEN']).toBe('fail gateway-unreachable');
    expect(results['GW-ACCEPTS']).toBe('fail gateway-secret-mismatch');
  });
});

describe('the past', () => {
  it('warns, and stops nothing that works', () => {
    const findings = [
      { code: 'idle-cut', at: 1, figures: ['60 s'] },
      { code: 'clock-ahead', at: 1, figures: ['6 min'] },
    ] as const;
    expect(resultsOf(seenOf({ findings }))).toMatchObject({
      'GW-LIVES': 'pass',
      'GW-CLOCK': 'warn clock-ahead',
      'GW-STAYS': 'warn idle-cut',
    });
  });

  it.each([
    [-60_000, '−60.0 s'],
    [240, '+0.2 s'],
    [49, null],
    [-0, null],
  ])('shows a difference of clocks of %d ms with its sign, where there is one to see', (skewMs, figure) => {
    const clock = examine(seenOf({ skewMs })).find(({ id }) => id === 'GW-CLOCK');
    expect(clock?.figures).toEqual(figure === null ? [] : [figure]);
  });
});

describe('a relay', () => {
  it.each(RELAY_CAUSES)('%s is never shown as more than it is', (cause) => {
    const bearing = bearingOf(cause);
    const code = bearing === 'fault' ? 'relay' : 'healthy';
    const seen = seenOf({ code, ...relayOf({ cause, bearing, isKeyHeld: true, generation: 'v2' }) });
    const ofRelay = examine(seen).filter(({ id }) => id.startsWith('RL-'));
    const failed = ofRelay.filter(({ result }) => result === 'fail').map(({ because }) => because);
    expect(failed).toEqual(bearing === 'fault' ? [cause] : []);
    const passed = (id: CheckId) => ofRelay.find((outcome) => outcome.id === id)?.result === 'pass';
    if (bearing !== 'proved' && cause !== 'relay-not-attached') expect(passed('RL-KEY')).toBe(false);
    expect(passed('RL-ATTACHED')).toBe(cause === 'relay-attached');
  });

  it('that nobody misses, or that one look found alone, is at most a warning', () => {
    const outcomes = examine(seenOf(relayOf({ cause: 'relay-plugin-missing', bearing: 'fault' })));
    expect(outcomes.filter(({ result }) => result === 'fail')).toEqual([]);
    expect(outcomes.find(({ id }) => id === 'RL-EXISTS')).toMatchObject({ result: 'warn' });
  });

  it('is not judged beside a gateway that is away', () => {
    const results = resultsOf(seenOf({ code: 'approval', cause: 'not-paired' }));
    expect(results['RL-EXISTS']).toBe('skip GW-APPROVED');
  });
});

describe('whatever is seen', () => {
  const any: fc.Arbitrary<Observations> = fc
    .record({
      code: fc.constantFrom(...STATUS_CODES),
      cause: fc.option(fc.constantFrom(...CAUSES)),
      reach: fc.constantFrom('loopback', 'private', 'public'),
      relay: fc.constantFrom(...RELAY_CAUSES),
      attached: fc.constantFrom('yes', 'no', 'unseen'),
      booleans: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      worker: fc.constantFrom('answers', 'silent'),
      storage: fc.constantFrom('usable', 'unreadable', 'unwritable', 'slow'),
      identity: fc.constantFrom('usable', 'exportable', 'unusable', 'absent', 'slow'),
      knock: fc.constantFrom('answered', 'refused', 'timeout'),
      firstFrame: fc.option(fc.constantFrom('challenge', 'other', 'silent', 'refused')),
      http: fc.constantFrom(
        { kind: 'not-allowed' },
        { kind: 'silent' },
        { kind: 'other', status: 200, contentType: 'text/html' },
        { kind: 'gateway', phase: 'draining', version: null, failing: ['gateway-draining'] },
      ),
    })
    .map(({ code, cause, reach, relay, attached, booleans, ...looks }) =>
      seenOf(
        {
          code,
          cause,
          reach,
          ...relayOf({
            cause: relay,
            bearing: bearingOf(relay),
            attached,
            isKeyHeld: booleans[0],
            isExpected: booleans[1],
          }),
        } as never,
        {
          isOnline: booleans[2],
          worker: took(looks.worker),
          storage: took(looks.storage),
          identity: took(looks.identity),
          knock: took(looks.knock),
          firstFrame: looks.firstFrame === null ? null : took(looks.firstFrame),
          http: took(looks.http as never),
        },
      ),
    );

  it('a skipped step names a failed one, or why nobody looked; a failed or doubtful one its reason', () => {
    fc.assert(
      fc.property(any, (seen) => {
        const outcomes = examine(seen);
        const find = (id: Outcome['because']) => outcomes.find((outcome) => outcome.id === id);
        for (const { id, result, because } of outcomes) {
          if (result === 'skip') expect(because, id).not.toBeNull();
          if (result === 'fail') expect(find(because), id).toBeUndefined();
          if (result === 'skip' && find(because))
            expect(['fail', 'warn', 'skip']).toContain(find(because)?.result);
          if (result === 'pass') expect(because, id).toBeNull();
        }
      }),
    );
  });

  it('a dead worker never passes for a living connection', () => {
    fc.assert(
      fc.property(any, (seen) => {
        const outcomes = examine(seen);
        const lives = outcomes.find(({ id }) => id === 'GW-LIVES');
        if (seen.looks.worker.found === 'silent') expect(lives?.result).not.toBe('pass');
      }),
    );
  });
});
