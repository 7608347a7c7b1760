import { useEffect, useId, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { send } from '../browser/page/worker-link.ts';
import { hasHostAccess, requestHostAccess } from '../browser/permissions.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { recognise } from '../pairing/recognise.ts';
import { takesRelayKey } from '../relay/causes.ts';
import { CommandLine } from '../ui/command-line.tsx';
import { problemSentence } from '../words/problems.ts';

/** What a user can do so that we see more, behind a button. */
export function RelayHelp({ status }: { status: GatewayStatus }) {
  const { cause, bearing, isKeyHeld, attached, generation } = status.relay;
  const isKeyWanted = takesRelayKey(cause);
  const [isOpen, setOpen] = useState(false);
  const isShown = isOpen || isKeyWanted;
  const isVague = bearing === 'proved' || bearing === 'alive' || cause === 'relay-listens';
  const canSeeMore = isKeyHeld || generation === 'legacy' ? isVague : isVague || bearing === 'asleep';
  if (!isKeyWanted && (attached !== 'unseen' || !canSeeMore)) return null;
  return (
    <>
      {!isKeyWanted && (
        <button
          type="button"
          class="quiet"
          data-testid="relay-help"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isKeyHeld || generation === 'legacy' ? 'relay_more' : 'relay_verify')}
        </button>
      )}
      {isShown && (
        <div class="relay-help">
          <RelayPanel status={status} isKeyWanted={isKeyWanted} />
        </div>
      )}
    </>
  );
}

/** What lets us see more of a relay: its key, and the permission to read its host. */
function RelayPanel({ status, isKeyWanted }: { status: GatewayStatus; isKeyWanted: boolean }) {
  const { generation, isKeyHeld } = status.relay;
  const takesKey = isKeyWanted || (!isKeyHeld && generation !== 'legacy');
  // Without a key a current relay tells a reader nothing more.
  const isWorthReading = !isKeyWanted && (isKeyHeld || generation !== 'v2');
  return (
    <div class="pairing">
      {takesKey && <RelayKeyForm status={status} hasCommand={isKeyWanted} />}
      {isWorthReading && <ReadingPermission address={status.address} />}
    </div>
  );
}

/** How a pairing string begins. */
const EXAMPLE = 'ws://…/extension#…';

function RelayKeyForm({ status, hasCommand }: { status: GatewayStatus; hasCommand: boolean }) {
  const id = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);

  async function save(): Promise<void> {
    if (isSending) return;
    const isKey = recognise(text).kind === 'relay-key';
    setProblem(isKey ? null : t('relay_paste_wrong'));
    if (!isKey) return;
    setSending(true);
    const reply = await send({
      type: 'pair',
      text,
      secret: null,
      withoutSecret: false,
      remember: true,
      gatewayId: status.gatewayId,
    });
    setSending(false);
    // What served its purpose does not stay on the screen.
    if (reply.ok) setText('');
    else setProblem(problemSentence(reply.problem, status.address));
  }

  return (
    <form
      class="pairing"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {!hasCommand && (
        <>
          <p class="soft small">{t('run_beside_extension')}</p>
          <CommandLine text="openclaw browser extension pair" testId="relay-pair-command" />
        </>
      )}
      <label for={id}>{t('relay_paste_label')}</label>
      <div class="paste">
        <textarea
          id={id}
          data-testid="relay-pairing-string"
          rows={1}
          value={text}
          placeholder={EXAMPLE}
          aria-describedby={`${id}-problem`}
          aria-invalid={problem !== null}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <button
          type="submit"
          data-testid="relay-verify"
          class={hasCommand ? 'primary' : undefined}
          aria-disabled={isSending}
        >
          {t(isSending ? 'relay_saving' : 'relay_save')}
        </button>
      </div>
      <div id={`${id}-problem`} aria-live="polite">
        {problem !== null && <p class="problem">{problem}</p>}
      </div>
    </form>
  );
}

/** Asked within the click, and only for this host. */
function ReadingPermission({ address }: { address: string }) {
  const [isGranted, setGranted] = useState(true);
  useEffect(() => {
    void hasHostAccess(address).then(setGranted);
  }, [address]);
  if (isGranted) return null;
  return (
    <div>
      <button
        type="button"
        data-testid="relay-see"
        onClick={() => void requestHostAccess(address).then(setGranted)}
      >
        {t('relay_see')}
      </button>
      <p class="soft small">{t('relay_see_hint')}</p>
    </div>
  );
}
