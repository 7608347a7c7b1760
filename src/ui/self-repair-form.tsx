/** Takes the gateway secret for repairs: what it allows and risks, the command that shows it, a field, one click. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { send } from '../browser/page/worker-link.ts';
import type { Cause } from '../gateway/causes.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { secretCommand } from '../remedy/what-helps.ts';
import { causeKey } from '../words/faults.ts';
import { problemSentence } from '../words/problems.ts';
import { announce } from './announce.ts';
import { OneCommand } from './remedies.tsx';
import { SecretField } from './secret-field.tsx';

/** Milliseconds. A trial is a knock, a handshake, and the way back to the device token. */
const TRIAL_LASTS_MS = 30_000;

export function SelfRepairForm({
  status,
  isFocused = false,
  onAsked,
}: {
  status: GatewayStatus;
  /** Begins with the focus in its field. */
  isFocused?: boolean;
  /** It is about to be turned on. The form may be gone by the time that it is. */
  onAsked?: () => void;
}) {
  const id = useId();
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // The card shows a notice of it, at its other end.
  const outcome = useOutcome(status, (cause) => {
    setRefused(true);
    field.current?.focus();
    announce(`${t(causeKey(cause, 'title'))}. ${t('notice_refused')}`);
  });

  useEffect(() => {
    if (isFocused) field.current?.focus({ preventScroll: true });
  }, []);

  async function turnOn(): Promise<void> {
    if (isSending || outcome.isAwaited) return;
    setProblem(null);
    setRefused(false);
    setSending(true);
    onAsked?.();
    const reply = await send({ type: 'turn-on-repair', gatewayId: status.gatewayId, text: secret });
    setSending(false);
    if (reply.ok) {
      // What is on its way does not stay on the screen; a wrong one has to be copied again anyway.
      setSecret('');
      outcome.await();
    } else {
      setProblem(problemSentence(reply.problem, status.address));
      field.current?.focus();
    }
  }

  const isBusy = isSending || outcome.isAwaited;
  const said = problem ?? outcome.problem;
  return (
    <form
      class="self-repair-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void turnOn();
      }}
    >
      <p>{t('self_repair_allows')}</p>
      <p class="soft small">
        {t('self_repair_risks')}{' '}
        <a href="/src/pages/options/index.html#privacy" target="_blank" rel="noopener">
          {t('self_repair_details')}
        </a>
      </p>
      <OneCommand
        commandOf={secretCommand}
        testId="secret-command"
        gatewayId={status.gatewayId}
        facts={status}
      />
      <SecretField
        field={field}
        label={t('welcome_paste')}
        value={secret}
        isInvalid={said !== null || isRefused}
        describedBy={`${id}-said`}
        onInput={(value) => {
          setSecret(value);
          setProblem(null);
          setRefused(false);
          outcome.forget();
        }}
      />
      <p id={`${id}-said`} class="problem" aria-live="polite">
        {said}
      </p>
      <button type="submit" class="primary" data-testid="confirm-self-repair" aria-disabled={isBusy}>
        {t(isBusy ? 'checking' : 'self_repair_turn_on')}
      </button>
    </form>
  );
}

/** What became of a secret that was handed to the worker, as the gateway's status tells it. */
function useOutcome(
  { selfRepair, notice }: GatewayStatus,
  onRefused: (cause: Cause) => void,
): {
  isAwaited: boolean;
  /** A refusal has a notice of its own on the card. */
  problem: string | null;
  await: () => void;
  forget: () => void;
} {
  /** When it was handed over; milliseconds since the epoch. */
  const [since, setSince] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const wasChecking = useRef(false);
  const refused =
    since !== null && notice?.kind === 'credential-refused' && notice.at >= since ? notice.cause : null;
  useEffect(() => {
    if (selfRepair === 'checking') {
      wasChecking.current = true;
      return;
    }
    // The trial may be over before anybody has heard that it began.
    if (!wasChecking.current && refused === null) return;
    wasChecking.current = false;
    setSince(null);
    if (refused !== null) onRefused(refused);
    else if (selfRepair === 'off') setProblem(t('self_repair_not_checked'));
  }, [selfRepair, refused]);
  useEffect(() => {
    if (since === null) return;
    const timer = setTimeout(() => {
      setSince(null);
      setProblem(t('self_repair_not_checked'));
    }, TRIAL_LASTS_MS);
    return () => clearTimeout(timer);
  }, [since]);
  return {
    isAwaited: since !== null,
    problem,
    await: () => setSince(selfRepair === 'on' ? null : Date.now() - 1_000),
    forget: () => setProblem(null),
  };
}
