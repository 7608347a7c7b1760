/**
 * [X7] Of whom a failure of the network, of TLS or of time is told. Every program fails in the same words: they count
 * where the line names a gateway, or stands near what does and names no other program, host or port.
 */
import { GATEWAY_PORT } from '../ports.ts';

/** The gateways that a text names: where they listen, as far as it tells. */
export interface NamedGateways {
  readonly hosts: ReadonlySet<string>;
  readonly ports: ReadonlySet<string>;
}

const SOCKET_URL = /\bwss?:\/\/([\w.-]{1,255}|\[[\da-f:.]{2,45}\])(?::(\d{2,5})\b)?/gi;
const GATEWAY_PORT_IN_TEXT =
  /\bgateway(?:[._ -]port["']?[\s:=]{1,4}|:[^\r\n]{0,60}\bport=|[^\r\n]{0,60} --port[ =])(\d{2,5})\b/gi;

export function gatewaysIn(text: string): NamedGateways {
  const urls = [...text.matchAll(SOCKET_URL)];
  const told = [...text.matchAll(GATEWAY_PORT_IN_TEXT)];
  const ports = [...urls.map(([, , port]) => port), ...told.map(([, port]) => port)];
  return {
    hosts: new Set(urls.flatMap(([, host]) => host?.toLowerCase() ?? [])),
    ports: new Set(ports.filter((port) => port !== undefined)),
  };
}

const TOOL = /\[tools?\]/i;
/** A part of the gateway other than what clients connect to, and programs that have nothing to do with it. */
const OTHER_TAG =
  /(?:^|\s)\[(?!gateway\b|ws\b|openclaw\b|secret\]|error\b|warn(?:ing)?\b|info\b|debug\b)[a-z][\w/:. -]{0,40}\]/i;
const OTHER_PROGRAM =
  /(?<![\w/\\@-])(?:MCP|p?npm|yarn|LLM|models?|ollama|openai|anthropic|telegram|discord|slack|whatsapp|postgres|redis)\b(?![/\\@])/i;
/** Not as the tag of whatever a gateway says, and no gateway of another kind. */
const GATEWAY =
  /(?<!-|\b(?:50[24]|bad|api|ai|llm|default|payment) )\bgateway\b(?!["\]/])|\bwebsocket\b|\bwss?:\/\/|\bopenclaw (?:node|tui)\b/i;

/** Another part or program is the one that speaks, and not of a gateway. */
export function isOfAnother(line: string): boolean {
  return TOOL.test(line) ? !GATEWAY.test(line) : OTHER_TAG.test(line) || OTHER_PROGRAM.test(line);
}

export const namesGateway = (line: string): boolean => !isOfAnother(line) && GATEWAY.test(line);

/** The line of a prompt: what is said after it is said by the program that was typed there. */
export const PROMPT = /^[^$❯%\r\n]{0,80}(?<!\d)[$❯%]\s{1,3}\S/;
/** What a gateway says itself: it has no gateway to reach, so what fails after that is the way to something else. */
export const GATEWAY_TAG = /\[gateway(?:\/(?!ws\b)[\w/-]{1,40})?\]/;
/** How openclaw says that its command failed. */
export const OWN_TAG = /^\s{0,8}\[openclaw\]/;

const PORTS = /(?:\d\.\d{1,3}:|\blocalhost:|\]:|::\d?:|\bport )(\d{2,5})\b/gi;
const HOST = /\b(?:ENOTFOUND|EAI_AGAIN|resolve host:?) ([a-z][\w-]*(?:\.[\w-]+)*)/;

/** @param isNear a gateway was spoken of shortly before */
export function isOfGateway(line: string, isNear: boolean, { hosts, ports }: NamedGateways): boolean {
  if (isOfAnother(line)) return false;
  const portsHere = [...line.matchAll(PORTS)].map(([, digits]) => digits);
  const host = HOST.exec(line)?.[1]?.toLowerCase();
  const isNamed = GATEWAY.test(line);
  const isKnown = (each: string | undefined) => each === GATEWAY_PORT || ports.has(each ?? '');
  if (portsHere.some(isKnown)) return true;
  if (portsHere.length > 0 && (ports.size > 0 || !isNamed)) return false;
  if (host !== undefined && (hosts.size > 0 || !isNamed)) return hosts.has(host);
  // A page's own address stands beside that of the socket.
  return isNamed || (isNear && !/https?:\/\//i.test(line));
}
