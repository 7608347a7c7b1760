/** Just enough of HTTP and of RFC 6455 to know what passes by. Pure. */

/** Collects an HTTP head. */
export class HeadReader {
  text = '';
  isComplete = false;

  /** Takes the next bytes. Returns what follows the head, `null` while it is not complete. */
  push(chunk: Buffer): Buffer | null {
    const before = Buffer.byteLength(this.text, 'latin1');
    this.text += chunk.toString('latin1');
    const end = this.text.indexOf('\r\n\r\n');
    if (end < 0) return null;
    this.text = this.text.slice(0, end);
    this.isComplete = true;
    return chunk.subarray(end + 4 - before);
  }
}

export interface Frame {
  readonly isClose: boolean;
  /** Payload of a text frame that is not compressed; empty for every other one. */
  readonly text: string;
}

const TEXT = 1;
const CLOSE = 8;

/** Cuts a stream of one direction into WebSocket frames. */
export class Frames {
  #rest = Buffer.alloc(0);

  push(chunk: Buffer): Frame[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    for (let frame = this.#take(); frame !== null; frame = this.#take()) frames.push(frame);
    return frames;
  }

  #take(): Frame | null {
    const data = this.#rest;
    if (data.length < 2) return null;
    const [first, second] = [data[0]!, data[1]!];
    const short = second & 0x7f;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const isMasked = (second & 0x80) !== 0;
    const start = 2 + lengthBytes + (isMasked ? 4 : 0);
    if (data.length < start) return null;
    const length =
      short === 126 ? data.readUInt16BE(2) : short === 127 ? Number(data.readBigUInt64BE(2)) : short;
    if (data.length < start + length) return null;
    this.#rest = data.subarray(start + length);
    const opcode = first & 0x0f;
    if (opcode !== TEXT || (first & 0x40) !== 0) return { isClose: opcode === CLOSE, text: '' };
    const payload = data.subarray(start, start + length);
    if (!isMasked) return { isClose: false, text: payload.toString() };
    const mask = data.subarray(start - 4, start);
    return { isClose: false, text: Buffer.from(payload.map((byte, at) => byte ^ mask[at % 4]!)).toString() };
  }
}
