/** The model's table: what a situation shows, and who has to act. */
import { describe, expect, it } from 'vitest';
import { outcomes } from './prediction.ts';
import { beginning, change, type Situation } from './situation.ts';

const CODE = { hasSetupCode: true, isCodeFresh: true };
const NOW = 1_800_000_000_000;
const SECRET = 'secret-1';

/** Every outcome, in short: `status:cause > user`. */
function told(situation: Situation, now = NOW): string[] {
  return outcomes([situation], now).map(
    ({ status, cause, user }) => `${status[0]}${cause ? `:${cause}` : ''}${user ? ` > ${user}` : ''}`,
  );
}

const shown = (situation: Situation): Situation => outcomes([situation], NOW)[0]!.situations[0]!;
const following = (situation: Situation, ...changes: ((situation: Situation) => Situation)[]): Situation =>
  changes.reduce((each, apply) => apply(each), situation);

/** Paired with the secret, which is kept; or with a setup code, without a secret. */
const paired = shown(change.approved(shown(beginning(SECRET))));
const byCode = shown(change.pastedSetupCode(change.secretWithdrawn(paired)));
/** The gateway goes, which is seen, and comes back. */
const restarted = (situation: Situation): Situation =>
  change.presence('up')(shown(change.presence('gone')(situation)));
/** The same, and another gateway is there, which is seen as far as that can be. */
const takenOver = (situation: Situation, secret = 'of the other'): Situation =>
  change.other(secret)(shown(change.presence('gone')(situation)));
const repairedAt = (...ages: number[]): Situation => ({ ...paired, repairs: ages.map((age) => NOW - age) });

describe('what a situation shows', () => {
  const rows: [what: string, situation: Situation, told: string[]][] = [
    ['a first connect', beginning(SECRET), ['approval:not-paired > approve']],
    ['once approved', paired, ['healthy']],
    [
      'another secret than ours',
      change.secret('another')(beginning(SECRET)),
      ['needs-you:gateway-secret-mismatch > paste'],
    ],
    ['killed', change.presence('gone')(paired), ['reconnecting:gateway-unreachable']],
    ['stopped', change.presence('announced')(paired), ['starting:gateway-stopping']],
    [
      'stopped, and the network gone since',
      following(paired, change.presence('announced'), change.network('offline')),
      ['starting:gateway-stopping'],
    ],
    ['hung', change.presence('hung')(paired), ['reconnecting:gateway-not-answering']],
    ['a web server there', change.presence('web-server')(paired), ['reconnecting:handshake-failed']],
    ['a mute server there', change.presence('mute-server')(paired), ['reconnecting:gateway-mute']],
    ['offline', change.network('offline')(paired), ['reconnecting:gateway-unreachable']],
    [
      'stalled, and the gateway gone',
      following(paired, change.network('stalled'), change.presence('gone')),
      ['reconnecting:gateway-not-answering'],
    ],
    [
      'a setup code whose request was rejected',
      change.rejected(shown(change.pastedSetupCode(shown(change.removed(byCode))))),
      ['needs-you:setup-code-rejected > paste'],
    ],
    [
      'the same, and the secret is kept',
      change.rejected({ ...beginning(SECRET), held: { ...beginning(SECRET).held, ...CODE } }),
      ['approval:not-paired > approve'],
    ],
    ['rotated', change.rotated(paired), ['healthy']],
    ['rotated, no secret', change.rotated(byCode), ['needs-you:device-token-mismatch > paste']],
    [
      'rotated, to be asked first',
      following(paired, change.repairsItself(false), change.rotated),
      ['needs-you:device-token-mismatch > try-again'],
    ],
    ['revoked', change.revoked(paired), ['approval:role-upgrade > approve']],
    ['removed', change.removed(paired), ['approval:not-paired > approve']],
    ['removed, no secret', change.removed(byCode), ['needs-you:device-token-mismatch > paste']],
    [
      'removed, a new setup code',
      following(byCode, change.removed, change.pastedSetupCode),
      ['approval:not-paired > approve'],
    ],
    ['secret changed', change.secret('new')(paired), ['needs-you:gateway-secret-mismatch > paste']],
    [
      'secret changed and back unseen',
      following(paired, change.secret('new'), change.secret(SECRET)),
      ['healthy'],
    ],
    ['secret changed, paired by code', change.secret('new')(byCode), ['healthy']],
    [
      'secret changed, with a restart',
      change.secret('new', true)(paired),
      [
        'needs-you:maybe-another-gateway > try-again',
        'needs-you:gateway-secret-mismatch > paste',
        'needs-you:credential-unanswered > try-again',
      ],
    ],
    [
      'secret changed, with a restart that was seen',
      restarted(change.secret('new')(paired)),
      ['needs-you:maybe-another-gateway > try-again'],
    ],
    ['restarted', restarted(paired), ['healthy']],
    [
      'rotated while it was away',
      change.rotated(restarted(paired)),
      ['needs-you:maybe-another-gateway > try-again'],
    ],
    [
      'rotated while the network was stalled',
      following(paired, change.network('stalled'), change.rotated, change.network('clear')),
      ['healthy'],
    ],
    ['another gateway', takenOver(paired), ['needs-you:maybe-another-gateway > try-again']],
    ['another with our secret', takenOver(paired, SECRET), ['needs-you:maybe-another-gateway > try-again']],
    ['another, no secret', takenOver(byCode), ['needs-you:maybe-another-gateway > paste']],
    [
      'another, to be asked first',
      takenOver(change.repairsItself(false)(paired)),
      ['needs-you:maybe-another-gateway > try-again'],
    ],
    [
      'another before the first approval',
      takenOver(shown(beginning(SECRET))),
      ['needs-you:gateway-secret-mismatch > paste'],
    ],
    [
      'another with our secret before the first approval',
      takenOver(shown(beginning(SECRET)), SECRET),
      ['approval:not-paired > approve'],
    ],
    [
      'another while a repair waits for approval',
      takenOver(shown(change.removed(paired)), SECRET),
      ['needs-you:maybe-another-gateway > try-again'],
    ],
    [
      'three repairs lately',
      change.rotated(repairedAt(10, 20, 30)),
      ['needs-you:device-token-unstable > try-again'],
    ],
    [
      'the third may be too old',
      change.rotated(repairedAt(10, 20, 300_000)),
      ['needs-you:device-token-unstable > try-again', 'healthy'],
    ],
    ['the third is too old', change.rotated(repairedAt(10, 20, 400_000)), ['healthy']],
  ];
  it.each(rows)('%s', (_, situation, expected) => {
    expect(told(situation)).toEqual(expected);
  });
});

describe('what the user does', () => {
  const changed = shown(change.secret('new')(paired));

  it('is needed until another run answers', () => {
    for (const presence of ['hung', 'up'] as const)
      expect(told(change.presence(presence)(changed))).toEqual(['needs-you:gateway-secret-mismatch > paste']);
    expect(told(change.secret(SECRET)(changed))).toEqual(['needs-you:gateway-secret-mismatch > paste']);
    expect(told(change.presence('gone')(changed))).toEqual(['reconnecting:gateway-unreachable']);
    expect(told(restarted(change.secret(SECRET)(changed)))).toEqual(['healthy']);
    expect(told(restarted(changed))).toEqual(['needs-you:maybe-another-gateway > try-again']);
  });

  it('is needed for nothing once the right gateway is back', () => {
    for (const before of [paired, byCode]) {
      const back = restarted(shown(takenOver(before)));
      expect(told(back)).toEqual(['healthy']);
      expect(shown(back)).toMatchObject({ held: before.held, gateway: before.gateway, mayBeAnother: 'no' });
    }
    const asked = shown(beginning(SECRET));
    expect(told(restarted(shown(takenOver(asked))))).toEqual(['approval:not-paired > approve']);
  });

  it('says by a click that this is the right gateway', () => {
    const meant = change.triedAgain(shown(takenOver(paired, SECRET)));
    expect(told(meant)).toEqual(['approval:not-paired > approve']);
    const removed = change.triedAgain(shown(restarted(shown(change.removed(paired)))));
    expect(told(removed)).toEqual(['approval:not-paired > approve']);
  });

  it.each([
    ['the secret', change.pastedSecret, 'new'],
    ['a setup code', change.pastedSetupCode, null],
  ] as const)('%s mends it without approval', (_, paste, kept) => {
    const mended = shown(paste(changed));
    expect(told(mended)).toEqual(['healthy']);
    expect(mended.held).toMatchObject({ token: mended.gateway.pairing?.token, secret: kept });
  });

  it('leaves open whether the run that refused a secret has ended since', () => {
    const restarting = change.secret('new', true)(paired);
    const refused = outcomes([restarting], NOW).find(({ cause }) => cause === 'gateway-secret-mismatch');
    const mended = outcomes(refused!.situations.map(change.pastedSetupCode), NOW);
    expect(mended.map(({ cause }) => cause)).toEqual([null]);
    const removed = outcomes(mended[0]!.situations.map(change.removed), NOW);
    expect(removed.map(({ cause }) => cause).sort()).toEqual([
      'device-token-mismatch',
      'gateway-secret-mismatch',
    ]);
  });

  it('can try again with what there is to send only', () => {
    const unstable = change.rotated({ ...byCode, repairs: [NOW, NOW, NOW] });
    expect(told(unstable)).toEqual(['needs-you:device-token-unstable > paste']);
  });
});
