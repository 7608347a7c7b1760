/** One WebSocket to a gateway. It reads frames and reports; it judges nothing and never reconnects. */
import { type Frame, parseFrame } from '../gateway/protocol.ts';

export interface GatewaySocket {
  /** Sends a text frame; a socket that is not open any more swallows it, its close is reported anyway. */
  send(frame: string): void;
  /** Closes without a report: whoever closes knows. */
  close(): void;
}

export interface SocketReports {
  onFrame(frame: Frame): void;
  /** Before `open` every failure looks like 1006 without a reason; afterwards code and reason are exact. */
  onClose(code: number, reason: string): void;
}

/** Opens a socket. An address that the browser refuses to dial is reported as a close, like any other failure. */
export function openSocket(address: string, reports: SocketReports): GatewaySocket {
  let socket: WebSocket;
  try {
    socket = new WebSocket(address);
  } catch {
    queueMicrotask(() => reports.onClose(1006, ''));
    return { send() {}, close() {} };
  }
  socket.onmessage = ({ data }) =>
    reports.onFrame(typeof data === 'string' ? parseFrame(data) : { type: 'malformed' });
  socket.onclose = ({ code, reason }) => reports.onClose(code, reason);
  return {
    send(frame) {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame);
    },
    close() {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close(1000);
    },
  };
}
