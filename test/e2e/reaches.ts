/**
 * Whether a page comes to a port of this computer: by HTTP, whose answer it does not read, and by a WebSocket. It is run
 * in the page, so it knows nothing but its argument.
 */
export async function reaches(port: number): Promise<{ http: boolean; socket: boolean }> {
  const http = await fetch(`http://127.0.0.1:${port}/`, { mode: 'no-cors' }).then(
    () => true,
    () => false,
  );
  const socket = await new Promise<boolean>((done) => {
    const opening = new WebSocket(`ws://127.0.0.1:${port}`);
    opening.onopen = () => done(true);
    opening.onerror = () => done(false);
  });
  return { http, socket };
}
