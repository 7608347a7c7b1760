/** The English messages, and how browsers read messages. */
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };

interface Message {
  message: string;
  description?: string;
  placeholders?: Record<string, { content: string; example?: string }>;
}
export const MESSAGES: Readonly<Record<string, Message>> = messages;

/** `getMessage` as browsers have it: `$NAME$` by the message's placeholders, those by position. */
export const reading =
  (messages: typeof MESSAGES) =>
  (key: string, substitutions: readonly string[] = []): string => {
    const found = messages[key];
    if (!found) return '';
    return found.message.replace(/\$(\w+)\$/g, (_, name: string) => {
      const content = found.placeholders?.[name.toLowerCase()]?.content ?? '';
      return content.replace(/\$(\d)/g, (_, index: string) => substitutions[Number(index) - 1] ?? '');
    });
  };

export const getMessage = reading(MESSAGES);
