/** What a gateway answers without any authentication, over plain HTTP. */
import type { Lab } from './lab.ts';

const PATHS = ['/healthz', '/readyz', '/startupz', '/health', '/ready'];

export async function captureHttp(lab: Lab): Promise<void> {
  const base = lab.gateway.url.replace('ws:', 'http:');
  for (const path of PATHS) {
    const request = `GET ${path}`;
    try {
      const answer = await fetch(base + path, { signal: AbortSignal.timeout(10_000) });
      const body = withoutLoad(await answer.text()).slice(0, 200);
      const contentType = answer.headers.get('content-type');
      lab.store.http({ request, status: answer.status, contentType, body });
    } catch {
      lab.store.http({ request, status: null, contentType: null, body: '' });
    }
  }
}

/** How busy the gateway was is of this moment only, and there only when it was busy. */
function withoutLoad(body: string): string {
  try {
    const { eventLoop: _, ...rest } = JSON.parse(body);
    return JSON.stringify(rest);
  } catch {
    return body;
  }
}
