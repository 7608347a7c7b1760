/* Sees every request that the browser lets it see, its own as well. The rest it is told to do by the tests. */
globalThis.seen = [];
for (const event of ['onBeforeRequest', 'onSendHeaders', 'onErrorOccurred']) {
  chrome.webRequest[event].addListener(({ url }) => void globalThis.seen.push(url), { urls: ['<all_urls>'] });
}
