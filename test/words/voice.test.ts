/** How the extension speaks: words that must not come back, sentences short enough to be read, nothing unproved. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = resolve(import.meta.dirname, '../../public/_locales');

type Messages = readonly (readonly [key: string, message: string])[];

const read = (language: string): Messages =>
  Object.entries<{ message: string }>(
    JSON.parse(readFileSync(join(FOLDER, language, 'messages.json'), 'utf8')),
  ).map(([key, { message }]) => [key, message.replace(/\$\w+\$/g, '0')]);

/** What reads oddly, blames, or has a better word: one word per thing, in every language. */
const BANNED: Readonly<Record<string, RegExp>> = {
  en: /'|\bknock|\blooks? again\b|\bh[au]ng up\b|\bby (it|our)sel(f|ves)\b|\banew\b|\bagain and again\b|\brefus|\bshut out\b|\blets? (us|this extension|this browser) in\b|\battached\b|\bwatch|\bsign of life\b|\bgateway computer\b|\bwhat we hold\b|\b(can|do|does|did|is|are|was|has|have|will) ?not\b(?! be\b| disturb)|(?<!openclaw )\bdoctor\b|\bin the options\b|\bseen from here\b|\bholds? (the|its) port\b|\b(secs?|hrs?)\b/i,
  de: /aufgelegt|Lebenszeichen|Gateway-Computer|Kopplungszeile|von selbst|was wir haben|\bein(lässt|gelassen)\b|lässt (uns|diesen Browser|diese Erweiterung) ein|\bOptionen\b|Kommandozeile|\bNutzern?\b|\bKennung\b|\bLogs?\b|\bOrigins\b|\bStd\.| …$/i,
  es: /señal de vida|equipo del gateway|deja(r|n)? entrar|por nuestra cuenta|lo que duerme|lo que tenemos|\b(tienes|tus?)\b|\blas opciones\b/i,
  fr: /raccroch|signe de vie|ordinateur du gateway|\brelais\b|laisser? (nous )?entrer|ce qui dort|nous-mêmes|ce que nous avons$|\bles options\b/i,
  ja: /お願いすること|ゲートウェイのコンピューター|見るだけ|ゲートウェイが知|[ぁ-んァ-ヶ一-龠」）]:|ブラウザー|チャンネル|サインイン|返答|オプション|ゲートウェイホスト|ウェブページ|(?<!その)他の/,
  pt_BR:
    /sinal de vida|computador do gateway|deixa(r|m)? .*entrar|\bsozinh|o que dorme|o que temos|precisa de você|\bnas opções\b/i,
  zh_CN: /机密|应答|放行|网关计算机|再看|^那么|选项/,
};

/** Characters of a sentence in the popup; a page has half as many again. */
const LONGEST: Readonly<Record<string, number>> = {
  en: 90,
  de: 110,
  es: 105,
  fr: 110,
  ja: 80,
  pt_BR: 105,
  zh_CN: 70,
};
const ON_PAGES =
  /^(options|settings|history|doctor|demo|question|check|location|greeting|finding|notify|extension|inside)_/;

const sentences = (text: string): string[] => text.split(/(?<=[.:?!]) |(?<=[。：？！])/);

/** What a gateway's outage stops is its own: a relay may run without it. */
const OF_GATEWAYS = /^(cause_\w+|finding_gateway_flapping)_impact$/;
const RELAY = /relay|リレー|中继/i;

describe.each(Object.keys(BANNED))('%s', (language) => {
  const messages = read(language);
  const failing = (test: (key: string, message: string) => boolean): string[] =>
    messages.filter(([key, message]) => test(key, message)).map(([key, message]) => `${key}: ${message}`);

  it('keeps to its words', () => {
    expect(failing((_, message) => BANNED[language]?.test(message) ?? true)).toEqual([]);
  });

  it('keeps its sentences short', () => {
    const longest = LONGEST[language] ?? 0;
    const tooLong = failing((key, message) => {
      const limit = ON_PAGES.test(key) ? 1.5 * longest : longest;
      return sentences(message).some((sentence) => sentence.length > limit);
    });
    expect(tooLong).toEqual([]);
  });

  it('says nothing about the relay where only the gateway is known to be away', () => {
    expect(failing((key, message) => OF_GATEWAYS.test(key) && RELAY.test(message))).toEqual([]);
  });
});
