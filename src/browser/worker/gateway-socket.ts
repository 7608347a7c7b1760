/** One WebSocket to a gateway. It reads frames and reports; it judges nothing and never reconnects. */
import { fullAllowance, spend } from '../../gateway/allowance.ts';
import { type Frame, parseFrame, parseLiveFrame } from '../../gateway/protocol.ts';
import { inTurn } from './dial.ts';

/** Milliseconds. A gateway that refuses a connect closes the socket itself, within a few of them. */
const CLOSES_BY_ITSELF_MS = 1_000;

export interface GatewaySocket {
  /** Sends a text frame; a socket that is not open any more swallows it, its close is reported anyway. */
  send(frame: string): void;
  /** Closes without a report: the caller knows. */
  close(): void;
}

export interface SocketReports {
  /** The WebSocket stands; nothing was said yet. */
  onOpen(): void;
  onFrame(frame: Frame): void;
  /** It sent more than it may. Nothing of it is read any more. */
  onFlood(): void;
  /** Before `open` every failure looks like 1006 without a reason; afterwards code and reason are exact. */
  onClose(code: number, reason: string): void;
}

/**
 * Opens a socket as soon as it is its turn. An address that the browser refuses to dial is reported as a close, like any
 * other failure.
 */
export function openSocket(address: string, reports: SocketReports): GatewaySocket {
  let socket: WebSocket | null = null;
  let isWanted = true;
  let isRefused = false;
  let isWelcome = false;
  inTurn(() => {
    if (!isWanted) return null;
    try {
      socket = new WebSocket(address);
    } catch {
      queueMicrotask(() => reports.onClose(1006, ''));
      return null;
    }
    socket.onopen = () => reports.onOpen();
    let allowance = fullAllowance(performance.now());
    socket.onmessage = ({ data }: MessageEvent<string | Blob>) => {
      const size = typeof data === 'string' ? data.length : data.size;
      const left = spend(allowance, size, performance.now());
      if (left === null) {
        if (socket) socket.onmessage = null;
        reports.onFlood();
        return;
      }
      allowance = left;
      const read = isWelcome ? parseLiveFrame : parseFrame;
      const frame: Frame = typeof data === 'string' ? read(data) : { type: 'malformed' };
      isRefused ||= frame.type === 'rejected';
      isWelcome ||= frame.type === 'hello';
      reports.onFrame(frame);
    };
    socket.onclose = ({ code, reason }) => reports.onClose(code, reason);
    return socket;
  });
  return {
    send(frame) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(frame);
    },
    close() {
      isWanted = false;
      if (!socket) return;
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
      // Left to the gateway, the close has its reason, and the gateway's own log tells its owner why.
      if (isRefused) setTimeout(() => socket?.close(1000), CLOSES_BY_ITSELF_MS);
      else socket.close(1000);
    },
  };
}
