import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type MessageKey, t } from '../browser/i18n.ts';
import { send } from '../browser/page/worker-link.ts';
import type { Command } from '../messages.ts';

/** Milliseconds. Shorter, and a click would seem to have done nothing. */
const BUSY_AT_LEAST_MS = 700;

/** A button that sends one command: it says at once that it does, and beneath it what went wrong. */
export function ActionButton({
  command,
  label,
  busyLabel,
  class: className,
  icon,
}: {
  command: Command;
  label: MessageKey;
  busyLabel: MessageKey;
  class?: string;
  /** Shown in place of the label, which then is only spoken. */
  icon?: ComponentChildren;
}) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function run(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    const pause = new Promise((resolve) => setTimeout(resolve, BUSY_AT_LEAST_MS));
    const reply = await send(command);
    await pause;
    // Rarely wanted, and of some weight for a first paint.
    const sentence = reply.ok ? null : (await import('../words/problems.ts')).problemSentence(reply.problem);
    setBusy(false);
    setProblem(sentence);
  }

  return (
    <>
      {/* Not `disabled`: the focus would be lost. */}
      <button
        type="button"
        class={className}
        aria-disabled={isBusy}
        aria-label={icon ? t(label) : undefined}
        onClick={run}
      >
        {icon ?? t(isBusy ? busyLabel : label)}
      </button>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
