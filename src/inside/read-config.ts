/**
 * What is read of a gateway's configuration. Pure.
 *
 * - I3 The configuration is asked for with the user's consent alone, and nothing is read of it but the fields named here. A
 *   secret in it is only ever compared with nothing: no value of one leaves this file.
 */
import * as z from 'zod/mini';
import { parsed } from '../parse.ts';
import { anything, flag, listOf, MOST, maybeText, present, shownText, text } from './reading.ts';
import type { ConfigFacts, Named } from './types.ts';

const issueSchema = z.object({ path: maybeText, message: text });

const issues = (value: unknown): Named[] =>
  listOf(
    z.union([
      issueSchema,
      z.pipe(
        text,
        z.transform((message) => ({ path: null, message })),
      ),
    ]),
    value,
  )
    .slice(0, MOST)
    .map(({ path, message }) => ({ name: shownText(path), words: shownText(message) }));

const authSchema = z.object({ mode: maybeText, token: anything, password: anything });

const configSchema = z.object({
  valid: flag,
  issues: anything,
  warnings: anything,
  legacyIssues: anything,
  configRevisionHash: maybeText,
  appliedConfigHash: maybeText,
  config: z.catch(
    z.object({
      gateway: z.catch(
        z.object({
          bind: maybeText,
          customBindHost: maybeText,
          auth: z.catch(z.nullable(authSchema), null),
          tls: z.catch(z.nullable(z.object({ enabled: flag })), null),
          tailscale: z.catch(z.nullable(z.object({ mode: maybeText })), null),
          trustedProxies: anything,
          reload: z.catch(z.nullable(z.object({ mode: maybeText })), null),
          controlUi: z.catch(
            z.nullable(
              z.object({
                allowedOrigins: anything,
                allowInsecureAuth: flag,
                dangerouslyDisableDeviceAuth: flag,
                dangerouslyAllowHostHeaderOriginFallback: flag,
              }),
            ),
            null,
          ),
          remote: z.catch(
            z.nullable(z.object({ url: maybeText, token: anything, password: anything })),
            null,
          ),
        }),
        null as never,
      ),
      logging: z.catch(z.nullable(z.object({ level: maybeText })), null),
      browser: z.catch(z.nullable(z.object({ enabled: flag })), null),
    }),
    null as never,
  ),
});

export function readConfig(payload: unknown): ConfigFacts | undefined {
  const said = parsed(configSchema, payload);
  if (said === undefined) return undefined;
  const gateway = said.config?.gateway ?? null;
  const ui = gateway?.controlUi ?? null;
  const remote = gateway?.remote ?? null;
  const auth = gateway?.auth ?? null;
  const { configRevisionHash, appliedConfigHash } = said;
  return {
    isValid: said.valid,
    issues: issues(said.issues),
    warnings: issues(said.warnings),
    legacyIssues: issues(said.legacyIssues),
    isApplied:
      configRevisionHash === null || appliedConfigHash === null
        ? null
        : configRevisionHash === appliedConfigHash,
    bind: gateway?.bind ?? null,
    customBindHost: gateway?.customBindHost ?? null,
    authMode: auth?.mode ?? null,
    hasSecret: present(auth?.token) || present(auth?.password),
    isTls: gateway?.tls?.enabled === true,
    tailscale: gateway?.tailscale?.mode ?? null,
    trustedProxies: listOf(text, gateway?.trustedProxies).length,
    allowedOrigins: listOf(text, ui?.allowedOrigins).slice(0, MOST),
    allowsInsecureAuth: ui?.allowInsecureAuth === true,
    disablesDeviceAuth: ui?.dangerouslyDisableDeviceAuth === true,
    allowsHostHeader: ui?.dangerouslyAllowHostHeaderOriginFallback === true,
    remoteUrl: remote?.url ? shownText(remote.url) : null,
    hasRemoteSecret: present(remote?.token) || present(remote?.password),
    reloadMode: gateway?.reload?.mode ?? null,
    logLevel: said.config?.logging?.level ?? null,
    isBrowserOff: said.config?.browser?.enabled === false,
  };
}
