/**
 * What a command line says that was to approve us and may not, and what helps: one row each, mild first. The gateway's own
 * page comes before all of them, because it needs no command line. What each version says, and that the command then works
 * beside the gateway, is tried by `test/e2e/commands.spec.ts`.
 */

import type { RemedyFacts } from './types.ts';
import type { Remedy, RemedyId } from './ways.ts';
import { remedyFor } from './what-helps.ts';

interface Row {
  /** In OpenClaw's own words of several versions, as people search for them; none where it says nothing. */
  readonly says: readonly string[];
  readonly remedies: readonly RemedyId[];
}

export const APPROVER_ANSWERS = {
  /** It is a device like any other, and not approved itself: in another container, on another computer. */
  'pairing-required': { says: ['pairing required'], remedies: ['approve-inside', 'list-devices'] },
  /** It has fewer rights than it asks for. From 2026.5 to 7 an id that is gone looks the same. */
  'scope-upgrade': {
    says: ['scope upgrade pending approval', 'device token scope mismatch'],
    remedies: ['approve-inside', 'list-devices'],
  },
  'missing-scope': {
    says: ['missing scope: operator.admin', 'missing scope: operator.pairing'],
    remedies: ['approve-inside', 'list-devices'],
  },
  /** It may pair, but for itself alone. The first words stand in the gateway's log, the second are its answer. */
  'device-ownership': {
    says: ['device-ownership-mismatch', 'device pairing approval denied'],
    remedies: ['approve-inside', 'list-devices'],
  },
  'unknown-request': {
    says: ['unknown requestId', 'No pending device request matches …'],
    remedies: ['list-devices', 'approve-inside'],
  },
  'device-token': { says: ['device token mismatch'], remedies: ['approve-inside', 'list-devices'] },
  /** It sends what the gateway does not know, or has nothing to send: from 2026.8 also where its device token is stale. */
  credentials: {
    says: ['gateway token mismatch', 'requires credentials before opening a websocket'],
    remedies: ['approve-inside', 'list-devices'],
  },
  /** Nobody answered it. */
  'abnormal-closure': {
    says: ['1006 abnormal closure', 'Gateway not reachable at …'],
    remedies: ['approve-inside', 'gateway-status'],
  },
  /** The gateway's own page, switched off or below another path. */
  'dashboard-not-found': { says: ['Not Found'], remedies: ['find-dashboard'] },
  nothing: { says: [], remedies: ['list-devices', 'gateway-status'] },
} as const satisfies Record<string, Row>;

export type ApproverAnswer = keyof typeof APPROVER_ANSWERS;

export const APPROVER_ANSWER_IDS = Object.keys(APPROVER_ANSWERS) as readonly ApproverAnswer[];

/** The row of an answer. */
export const approverAnswer = (id: ApproverAnswer): Row => APPROVER_ANSWERS[id];

/** What helps with it, as far as it exists for this platform and in this version. */
export const remediesForApprover = (answer: ApproverAnswer, facts: RemedyFacts): readonly Remedy[] =>
  approverAnswer(answer).remedies.flatMap((id) => remedyFor(id, facts) ?? []);
