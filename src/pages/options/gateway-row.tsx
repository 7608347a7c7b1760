import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { language, t } from '../../browser/i18n.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { Fold } from '../../ui/fold.tsx';
import { lazy } from '../../ui/lazy.tsx';
import { SilhouetteIcon } from '../../ui/silhouette.tsx';
import { stateWord } from '../../words/explanation.ts';
import { gatewayName } from '../../words/gateway-name.ts';
import { STATES } from '../../words/states.ts';
import { clockTime } from '../../words/time.ts';
import { Rename } from './rename.tsx';
import { useSend } from './toast.tsx';

/** It reads the disk. */
const LazyConsent = lazy(() =>
  import('../../ui/others-consent.tsx').then(({ OthersConsent }) => OthersConsent),
);

interface Props {
  status: GatewayStatus;
  /** Milliseconds since the epoch. */
  addedAt: number | null;
  deviceId: string | null;
  isPrimary: boolean;
  /** The only one: then there is nothing to choose between. */
  isAlone: boolean;
  /** Takes the focus: it has just come back. */
  isFocused: boolean;
  now: number;
  onForget: () => void;
}

const day = (at: number): string => new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(at);

/** One gateway: what it is called, where it is, and what can be done about its pairing. */
export function GatewayRow(props: Props) {
  const { status, addedAt, deviceId, isPrimary, now } = props;
  const { gatewayId, address, code, provenAt } = status;
  const [isRenaming, setRenaming] = useState(false);
  const title = useId();
  const name = gatewayName(status);
  return (
    <li class="gateway" data-testid="gateway" data-gateway={gatewayId} aria-labelledby={title}>
      <div class="who" data-tone={STATES[code].tone}>
        <SilhouetteIcon code={code} />
        <h3 id={title} title={name}>
          <bdi>{name}</bdi>
        </h3>
        <span class="soft">{stateWord(status)}</span>
        {isPrimary && (
          <span class="badge" data-testid="primary">
            {t('options_primary')}
          </span>
        )}
      </div>
      {isRenaming && <Rename status={status} onEnd={() => setRenaming(false)} />}
      <dl class="facts">
        <div>
          <dt>{t('options_fact_address')}</dt>
          <dd>
            <bdi>{address}</bdi>
          </dd>
        </div>
        {deviceId !== null && (
          <div>
            <dt>{t('options_fact_device')}</dt>
            <dd title={deviceId}>
              <code>{`${deviceId.slice(0, 6)}…${deviceId.slice(-4)}`}</code>
            </dd>
          </div>
        )}
        {addedAt !== null && (
          <div>
            <dt>{t('options_fact_added')}</dt>
            <dd>{day(addedAt)}</dd>
          </div>
        )}
        <div>
          <dt>{t('options_fact_proof')}</dt>
          <dd>{provenAt === null ? t('options_fact_never') : clockTime(provenAt, now)}</dd>
        </div>
      </dl>
      <Fold label={t('others')} testId="others">
        <LazyConsent gatewayId={gatewayId} />
      </Fold>
      <Actions {...props} name={name} isRenaming={isRenaming} onRename={() => setRenaming(true)} />
    </li>
  );
}

function Actions({
  status,
  name,
  isPrimary,
  isAlone,
  isFocused,
  isRenaming,
  onRename,
  onForget,
}: Props & { name: string; isRenaming: boolean; onRename: () => void }) {
  const { gatewayId, isSecretRemembered, isWithoutDeviceToken, relay } = status;
  const run = useSend();
  const forget = useRef<HTMLButtonElement>(null);
  const rename = useRef<HTMLButtonElement>(null);
  const wasRenaming = useRef(false);
  useEffect(() => {
    if (isFocused) forget.current?.focus();
  }, [isFocused]);
  useEffect(() => {
    if (wasRenaming.current && !isRenaming) rename.current?.focus();
    wasRenaming.current = isRenaming;
  }, [isRenaming]);
  /** Twelve buttons of the same words are told apart by whose they are. */
  const labelled = (label: string) => t('options_action_for', label, name);

  return (
    <>
      <div class="actions">
        {!isRenaming && (
          <button
            type="button"
            class="quiet"
            ref={rename}
            data-testid="rename"
            aria-label={labelled(t('options_rename'))}
            onClick={onRename}
          >
            {t('options_rename')}
          </button>
        )}
        {!isPrimary && !isAlone && (
          <button
            type="button"
            class="quiet"
            data-testid="make-primary"
            aria-label={labelled(t('options_make_primary'))}
            onClick={() => run({ type: 'put-first', gatewayId }, t('options_is_primary', name))}
          >
            {t('options_make_primary')}
          </button>
        )}
        <a
          class="button quiet"
          data-testid="pair-again"
          href={`/src/popup/index.html?gateway=${encodeURIComponent(gatewayId)}&pair`}
          target="_blank"
          rel="noopener"
          aria-label={labelled(t('options_pair_again'))}
        >
          {t('options_pair_again')}
        </a>
        <button
          type="button"
          class="quiet"
          ref={forget}
          data-testid="forget"
          aria-label={labelled(t('options_forget'))}
          onClick={onForget}
        >
          {t('options_forget')}
        </button>
      </div>
      {isSecretRemembered && (
        <div class="held">
          <button
            type="button"
            class="quiet"
            data-testid="forget-secret"
            aria-label={labelled(t('forget_secret'))}
            onClick={() => run({ type: 'forget-secret', gatewayId }, t('options_secret_forgotten', name))}
          >
            {t('forget_secret')}
          </button>
          <p class="soft small">
            {t(isWithoutDeviceToken ? 'forget_secret_hint_only' : 'forget_secret_hint')}
          </p>
        </div>
      )}
      {relay.isKeyHeld && (
        <div class="held">
          <button
            type="button"
            class="quiet"
            data-testid="forget-relay-key"
            aria-label={labelled(t('relay_forget'))}
            onClick={() =>
              run({ type: 'forget-relay-key', gatewayId }, t('options_relay_key_forgotten', name))
            }
          >
            {t('relay_forget')}
          </button>
          <p class="soft small">{t('relay_forget_hint')}</p>
        </div>
      )}
    </>
  );
}
