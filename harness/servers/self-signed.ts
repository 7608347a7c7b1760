/** Certificates made on the spot: none that expires lies in the repository. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

const DAY_MS = 86_400_000;

/** One ASN.1 value: its tag, its length, its parts. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size: number[] = [];
  for (let rest = body.length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256);
  const length = body.length < 128 ? [body.length] : [0x80 + size.length, ...size];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const time = (at: number): Buffer =>
  der(0x18, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')}`));
const named = (name: string): Buffer =>
  sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))));

const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));
const COMMON_NAME = objectId('550403');
const YES = der(0x01, Buffer.from([0xff]));

/** An extension that must be understood. */
const critical = (id: string, value: Buffer): Buffer => sequence(objectId(id), YES, der(0x04, value));
const MAY_ISSUE = critical('551d13', sequence(YES));
const alternatives = (names: readonly string[]): Buffer =>
  sequence(
    objectId('551d11'),
    der(
      0x04,
      sequence(
        ...names.map((name) =>
          isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)),
        ),
      ),
    ),
  );

/** Key and certificate in PEM. */
export interface Certified {
  readonly key: string;
  readonly cert: string;
}

interface Authority extends Certified {
  readonly name: string;
  readonly signingKey: KeyObject;
}

interface Wanted {
  readonly name: string;
  /** Of whom it is besides {@link name}: host names and IPv4 addresses. */
  readonly names?: readonly string[];
  /** Milliseconds since the epoch. From yesterday until tomorrow unless given. */
  readonly from?: number;
  readonly until?: number;
}

function made({ name, from, until }: Wanted, extensions: readonly Buffer[], issuer?: Authority): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)]);
  const content = sequence(
    // Only its third version has extensions.
    ...(extensions.length === 0 ? [] : [der(0xa0, der(0x02, Buffer.from([2])))]),
    der(0x02, serial),
    ECDSA_WITH_SHA256,
    named(issuer?.name ?? name),
    sequence(time(from ?? Date.now() - DAY_MS), time(until ?? Date.now() + DAY_MS)),
    named(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))]),
  );
  const signature = sign('sha256', content, issuer?.signingKey ?? privateKey);
  const whole = sequence(content, ECDSA_WITH_SHA256, der(0x03, Buffer.from([0]), signature));
  const lines = whole
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n');
  return {
    name,
    signingKey: privateKey,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

/** A certificate that nobody vouches for, of `localhost` by its name only. */
export const selfSigned = (): Certified => made({ name: 'localhost' }, []);

/** An authority of one’s own: it is trusted where its certificate was installed. */
export function createAuthority(): Certified & { issue(wanted: Wanted): Certified } {
  const authority = made({ name: 'An authority of one’s own' }, [MAY_ISSUE]);
  return {
    key: authority.key,
    cert: authority.cert,
    issue: (wanted) => made(wanted, [alternatives([wanted.name, ...(wanted.names ?? [])])], authority),
  };
}
