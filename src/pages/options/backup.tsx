import { useRef } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { download } from '../../browser/page/download.ts';
import { send } from '../../browser/page/worker-link.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import type { Settings } from '../../settings.ts';
import { LONGEST_FILE, readSettingsFile, writeSettingsFile } from '../../storage/settings-file.ts';
import { problemSentence } from '../../words/problems.ts';
import { sentences } from '../../words/row.ts';
import { useTell } from './toast.tsx';
import type { Change } from './use-settings.ts';

const FILE_NAME = 'relay-health-settings.json';

interface Props {
  settings: Settings;
  statuses: readonly GatewayStatus[];
  canNotify: boolean;
  change: Change;
}

/** Settings out of this browser, and into it. */
export function Backup({ settings, statuses, canNotify, change }: Props) {
  const tell = useTell();
  const field = useRef<HTMLInputElement>(null);

  function save(): void {
    download(FILE_NAME, 'application/json', writeSettingsFile(settings, statuses));
    tell(t('options_exported', FILE_NAME));
  }

  async function load(file: File): Promise<void> {
    // Bytes, at most four to a character: what is longer cannot be ours, and is not read.
    const text = file.size > 4 * LONGEST_FILE ? '' : await file.text().catch(() => '');
    const read = readSettingsFile(text);
    if (read === 'broken' || read === 'newer') {
      tell(t(read === 'newer' ? 'options_import_newer' : 'options_import_broken'), true);
      return;
    }
    // The permission cannot be asked for here: choosing a file is no click that the browser would count.
    const isSilenced = read.settings.notify.level !== 'off' && !canNotify;
    const notify = isSilenced ? { ...read.settings.notify, level: 'off' as const } : read.settings.notify;
    const reply = await change({ ...read.settings, notify });
    if (!reply.ok) {
      tell(t('options_not_saved', problemSentence(reply.problem)), true);
      return;
    }
    const replies = await Promise.all(
      read.names.flatMap(({ address, name }) =>
        statuses
          .filter((status) => status.address === address)
          .map(({ gatewayId }) => send({ type: 'rename-gateway', gatewayId, name })),
      ),
    );
    const isWhole = replies.every(({ ok }) => ok);
    const missing = read.names.filter(
      ({ address }) => !statuses.some((status) => status.address === address),
    );
    const told = sentences([
      isWhole ? t('options_imported', replies.length, missing.length) : t('options_import_names_failed'),
      isSilenced ? t('options_imported_silent') : null,
    ]);
    tell(told, !isWhole);
  }

  return (
    <div class="group">
      <h3>{t('options_backup')}</h3>
      <p class="soft small">{t('options_backup_hint')}</p>
      <div class="actions">
        <button type="button" data-testid="export" onClick={save}>
          {t('options_export')}
        </button>
        <button type="button" onClick={() => field.current?.click()}>
          {t('options_import')}
        </button>
        <input
          ref={field}
          type="file"
          accept="application/json,.json"
          data-testid="import"
          hidden
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) void load(file);
            // So that the same file can be chosen again.
            event.currentTarget.value = '';
          }}
        />
      </div>
    </div>
  );
}
