import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { dropDraft, keepDraft, readDraft } from '../browser/page/draft.ts';
import { readQrCode } from '../browser/page/qr-code.ts';
import { send } from '../browser/page/worker-link.ts';
import type { ConnectionStatus } from '../gateway/status.ts';
import { goesAtOnce } from '../pairing/at-once.ts';
import { offerFor, redirected } from '../pairing/meant-for.ts';
import { recognise } from '../pairing/recognise.ts';
import type { Recognised } from '../pairing/recognised.ts';
import { encrypted } from '../pairing/schemes.ts';
import { pasteFeedback } from '../words/paste-feedback.ts';
import { problemSentence } from '../words/problems.ts';
import { shortAddress } from '../words/shown-address.ts';
import { lazy } from './lazy.tsx';
import { PairInDashboard } from './pair-in-dashboard.tsx';
import { SecretField } from './secret-field.tsx';
import { Unbroken } from './unbroken.tsx';
import { explained, useExplained } from './use-explained.ts';

const LazyExplainedText = lazy(() =>
  import('./explained-text.tsx').then(({ ExplainedText }) => ExplainedText),
);

/** Milliseconds from a paste to its connect. */
const UNDO_WITHIN_MS = 1_000;

export interface PairingFormProps {
  /** The gateway on whose card this form stands: a bare secret is meant for it. `null` for a new one. */
  card: Pick<ConnectionStatus, 'gatewayId' | 'address' | 'reach' | 'serverVersion'> | null;
  /** What stands above the field and names it: the step that it belongs to. */
  label: string;
  /** Begins with the focus in its field. */
  isFocused?: boolean;
  onPaired: (gatewayId: string | null) => void;
}

/** One field for whatever OpenClaw prints. It says what it sees while one types, and sends only what can work. */
export function PairingForm({ card, label, isFocused = false, onPaired }: PairingFormProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [secret, setSecret] = useState('');
  const [isRemembered, setRemembered] = useState<boolean | null>(null);
  /** Whether it is for the address that we know, as the user said. */
  const [isTaken, setTaken] = useState<boolean | null>(null);
  const [isSending, setSending] = useState(false);
  /** Half a word is no mistake yet: what is wrong with it is said calmly. */
  const [isTyping, setTyping] = useState(false);
  /** Why the last click sent nothing, or came to nothing. */
  const [problem, setProblem] = useState<string | null>(null);
  /** It was pasted and takes no decision: it goes in a moment. */
  const [isGoing, setGoing] = useState(false);
  /** Whether the field is empty because what was in it has gone. */
  const hasGone = useRef(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const secretField = useRef<HTMLInputElement>(null);
  const address = card?.address ?? null;

  const now = Date.now();
  const read = (value: string): Recognised => recognise(value, address === null ? { now } : { now, address });
  const pasted = read(text);
  const offer = offerFor(pasted, address);
  const isOffered = offer !== null && (isTaken ?? offer.isLikely);
  const paste = isOffered ? redirected(pasted, offer) : pasted;
  const seen = pasteFeedback(paste, address, now);
  const safer = pasted.kind === 'problem' && pasted.problem === 'insecure-public' ? encrypted(text) : null;
  const mayTell = mayTellOfError(paste);
  const explanation = useExplained(text, mayTell);
  const tells = explanation !== null && explanation.statements.length > 0;
  // Of an error nothing is kept, not even the address that it names.
  const isSureAddress = paste.kind === 'address' && explanation !== null && !tells;
  const typedAddress = isSureAddress ? paste.address : null;

  // Both at once, and not with the next frame: a page that is not painted has none.
  useLayoutEffect(() => {
    // Only at the beginning: later the focus is the user's.
    if (isFocused) field.current?.focus({ preventScroll: true });
  }, []);

  const isThere = useRef(true);
  useLayoutEffect(
    () => () => {
      isThere.current = false;
    },
    [],
  );

  // Who goes to the terminal for the secret finds the address again.
  const wasTyped = useRef(false);
  useEffect(() => {
    void readDraft().then(({ address: kept }) => {
      if (kept !== null && card === null && field.current?.value === '') edit(kept);
    });
  }, []);
  useEffect(() => {
    if (card === null && (typedAddress !== null || wasTyped.current))
      void keepDraft({ address: typedAddress });
    wasTyped.current = typedAddress !== null;
  }, [typedAddress]);

  // What is changed within the second goes as it is shown then, and has a second of its own.
  useEffect(() => {
    if (!isGoing) return;
    const timer = setTimeout(() => void connect(), UNDO_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [isGoing, text, isRemembered, isTaken]);

  /** The field for secrets is in use, and what is wrong is wrong there. */
  const isOfSecret = seen.needsSecret && secret.trim() !== '';

  function edit(value: string, isPasted = false): void {
    hasGone.current = false;
    setText(value);
    setTaken(null);
    setProblem(null);
    setGoing(isPasted && goesAtOnce(read(value), address));
  }

  function undo(): void {
    setGoing(false);
    field.current?.focus();
  }

  /** A picture of a QR code is as good as the text that it holds. */
  async function pastePicture(picture: File): Promise<void> {
    const found = await readQrCode(picture);
    if (found !== null) edit(found, true);
    else setProblem('no-qr-code');
  }

  async function connect(withoutSecret = false): Promise<void> {
    // A user who presses the button although it has gone already has what they wanted.
    if (isSending || (hasGone.current && text === '')) return;
    setGoing(false);
    // There is nothing to connect with, and what it says stands there.
    if (mayTell && (explanation ?? (await explained(text))).statements.length > 0) return;
    const lacksSecret = seen.needsSecret && secret.trim() === '' && !withoutSecret;
    const refusal = lacksSecret ? 'secret-needed' : seen.problem;
    setProblem(refusal);
    if (refusal !== null) {
      (lacksSecret ? secretField : field).current?.focus();
      return;
    }
    setSending(true);
    const reply = await send({
      type: 'pair',
      text,
      secret: seen.needsSecret && !withoutSecret ? secret : null,
      withoutSecret,
      remember: isRemembered ?? seen.remembersByDefault ?? false,
      gatewayId: card?.gatewayId ?? null,
      ...(isOffered && { at: offer.address }),
    });
    setSending(false);
    if (!reply.ok) {
      setProblem(reply.problem);
      (isOfSecret ? secretField : field).current?.focus();
      return;
    }
    // What served its purpose does not stay on the screen.
    hasGone.current = true;
    void dropDraft();
    setText('');
    setSecret('');
    setRemembered(null);
    // A late answer must not lead back a user who has turned to another gateway meanwhile.
    if (isThere.current) onPaired(reply.gatewayId);
  }

  const isEmpty = text.trim() === '';
  return (
    <form
      class="pairing"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void connect();
      }}
    >
      <label for={`${id}-text`}>{label}</label>
      <textarea
        id={`${id}-text`}
        data-testid="pairing-link"
        ref={field}
        rows={1}
        value={text}
        placeholder={t('paste_example')}
        aria-describedby={`${id}-seen`}
        aria-invalid={problem !== null && problem !== 'secret-needed' && !isOfSecret}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={(event) => {
          const isPasted = event.inputType?.startsWith('insertFrom') ?? false;
          setTyping(!isPasted);
          edit(event.currentTarget.value, isPasted);
        }}
        onPaste={(event) => {
          const picture = [...(event.clipboardData?.files ?? [])].find(({ type }) =>
            type.startsWith('image/'),
          );
          if (!picture) return;
          event.preventDefault();
          void pastePicture(picture);
        }}
        onBlur={() => setTyping(false)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          void connect();
        }}
      />
      <div id={`${id}-seen`} class="seen" aria-live="polite">
        {tells ? (
          <>
            <p class="soft small">{t('explain_seen')}</p>
            <LazyExplainedText found={explanation} />
          </>
        ) : problem !== null ? (
          <p class="problem">
            <Unbroken text={problemSentence(problem, address)} />
          </p>
        ) : (
          !isEmpty && (
            <>
              <p class={seen.isUsable ? 'good' : isTyping ? 'soft' : 'problem'}>
                <Unbroken text={seen.sentence} />
              </p>
              {seen.next !== null && <p>{seen.next}</p>}
              {seen.cautions.map((caution) => (
                <p key={caution} class="caution">
                  {caution}
                </p>
              ))}
            </>
          )
        )}
        {safer !== null && !tells && (
          <button type="button" class="quiet" data-testid="use-encrypted" onClick={() => edit(safer)}>
            {t('use_encrypted')}
          </button>
        )}
      </div>
      {offer !== null && !tells && (
        <label class="remember">
          <input
            type="checkbox"
            data-testid="use-at"
            checked={isOffered}
            onChange={(event) => setTaken(event.currentTarget.checked)}
          />
          <span>
            {t('use_at', shortAddress(offer.address))}{' '}
            {pasted.kind !== 'problem' && 'address' in pasted && (
              <span class="soft small">{t('use_at_hint', shortAddress(pasted.address))}</span>
            )}
          </span>
        </label>
      )}
      {seen.needsSecret && !tells && (
        <SecretField
          field={secretField}
          value={secret}
          isInvalid={problem === 'secret-needed' || (problem !== null && isOfSecret)}
          describedBy={`${id}-seen`}
          onInput={(value) => {
            setSecret(value);
            setProblem(null);
          }}
          onDecline={() => void connect(true)}
        />
      )}
      {seen.remembersByDefault !== null && !tells && (
        <label class="remember">
          <input
            type="checkbox"
            checked={isRemembered ?? seen.remembersByDefault}
            onChange={(event) => setRemembered(event.currentTarget.checked)}
          />
          <span>
            {t('remember')} <span class="soft small">{t('remember_hint')}</span>
          </span>
        </label>
      )}
      <button type="submit" class="primary" data-testid="connect" aria-disabled={isSending}>
        {t(isSending || isGoing ? 'connecting' : 'connect')}
      </button>
      {isGoing && (
        <button type="button" class="quiet" data-testid="undo-connect" onClick={undo}>
          {t('options_undo')}
        </button>
      )}
      {card === null ? <p class="soft small access">{t('access')}</p> : <PairInDashboard {...card} />}
    </form>
  );
}

/** Nothing to pair with, or only an address, which errors name too. */
const mayTellOfError = (paste: Recognised): boolean =>
  paste.kind === 'problem'
    ? paste.problem !== 'empty'
    : paste.kind === 'address' || (paste.kind === 'not-usable' && paste.what === 'shell-command');
