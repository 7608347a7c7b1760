/**
 * The WebSocket handshakes of this extension, a few at a time. Chromium holds each one back by up to 5 s times
 * 2^(handshakes under way + failed ones per succeeded one) / 65,536: four at once pay milliseconds, sixteen pay
 * seconds, so fifty gateways that return together would wait for each other.
 */

const AT_ONCE = 4;
/** Milliseconds. A port that takes connections and says nothing must not keep the others waiting. */
const LONGEST_TURN_MS = 1_000;

const waiting: (() => WebSocket | null)[] = [];
let underWay = 0;

/** Calls `dial` when it is its turn, which may be at once. It returns `null` where nothing is to be dialled any more. */
export function inTurn(dial: () => WebSocket | null): void {
  waiting.push(dial);
  next();
}

function next(): void {
  while (underWay < AT_ONCE) {
    const dial = waiting.shift();
    if (!dial) return;
    const socket = dial();
    if (!socket) continue;
    underWay += 1;
    const over = (): void => {
      socket.removeEventListener('open', over);
      socket.removeEventListener('close', over);
      clearTimeout(timer);
      underWay -= 1;
      next();
    };
    const timer = setTimeout(over, LONGEST_TURN_MS);
    socket.addEventListener('open', over);
    socket.addEventListener('close', over);
  }
}
