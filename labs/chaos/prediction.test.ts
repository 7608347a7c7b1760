/** The model's table: what a situation shows, and who has to act. */
import { describe, expect, it } from 'vitest';
import { beginning, change, outcomes, type Situation } from './prediction.ts';

const NOW = 1_800_000_000_000;
const SECRET = 'secret-1';

/** The only outcome, in short: `status:cause > user`. */
function told(situation: Situation, now = NOW): string[] {
  return outcomes(situation, now).map(
    ({ status, cause, user }) => `${status[0]}${cause ? `:${cause}` : ''}${user ? ` > ${user}` : ''}`,
  );
}

const shown = (situation: Situation): Situation => outcomes(situation, NOW)[0]!.situation;
const following = (situation: Situation, ...changes: ((situation: Situation) => Situation)[]): Situation =>
  changes.reduce((each, apply) => apply(each), situation);

/** Paired with the secret, which is kept; or with a setup code, without a secret. */
const paired = shown(change.approved(shown(beginning(SECRET))));
const byCode = shown(change.pastedSetupCode(change.secretWithdrawn(paired)));
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
      change.rejected({ ...beginning(SECRET), held: { ...beginning(SECRET).held, hasSetupCode: true } }),
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
      ['needs-you:gateway-secret-mismatch > paste', 'needs-you:credential-unanswered > try-again'],
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

  it('stays blocked whatever happens to the gateway', () => {
    for (const presence of ['gone', 'hung', 'up'] as const)
      expect(told(change.presence(presence)(changed))).toEqual(['needs-you:gateway-secret-mismatch > paste']);
    expect(told(change.secret(SECRET)(changed))).toEqual(['needs-you:gateway-secret-mismatch > paste']);
  });

  it.each([
    ['the secret', change.pastedSecret, 'new'],
    ['a setup code', change.pastedSetupCode, null],
  ] as const)('%s mends it without approval', (_, paste, kept) => {
    const mended = shown(paste(changed));
    expect(told(mended)).toEqual(['healthy']);
    expect(mended.held).toMatchObject({ token: mended.gateway.pairing?.token, secret: kept });
  });

  it('trying again without anything to try with says so', () => {
    const unstable = shown(change.rotated({ ...byCode, repairs: [NOW, NOW, NOW] }));
    expect(told(change.triedAgain(unstable))).toEqual(['needs-you:no-credential > paste']);
  });
});
