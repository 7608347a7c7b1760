import { useRef } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { useCopy } from '../ui/copy.ts';
import { shortAddress, withoutSecrets } from '../words/shown-address.ts';

/** Where a gateway is: on one line whatever its length, copied in full. */
export function Address({ address }: { address: string }) {
  const text = withoutSecrets(address);
  const line = useRef<HTMLElement>(null);
  const [result, copy] = useCopy(text, () => {
    if (line.current) getSelection()?.selectAllChildren(line.current);
  });
  return (
    <span class="address">
      <bdi ref={line} title={text} data-testid="address">
        {shortAddress(text)}
      </bdi>
      <button
        type="button"
        class="quiet"
        data-testid="copy-address"
        aria-label={t(result ?? 'copy_address')}
        onClick={copy}
      >
        {t(result ?? 'copy')}
      </button>
    </span>
  );
}
