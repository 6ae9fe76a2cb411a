// Asking: a question goes to the server, and what it tells of the answer in the making comes
// back as the states of a draft.

import { request } from './page.js';

/** Reads server-sent events as [name, data] pairs; the server writes each datum on one line. */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const blocks = (buffer + read.value).split('\n\n');
    buffer = blocks.pop();
    for (const block of blocks) {
      const data = /^data: ?(.*)$/m.exec(block)?.[1];
      if (data) yield [/^event: ?(.*)$/m.exec(block)?.[1], JSON.parse(data)];
    }
  }
}

const broken = () => new Error('The connection broke before the answer was complete.');

/** Asks, hands every state of the draft to show, and returns the whole answer. */
export async function answer(body, signal, show) {
  const response = await request('v1/answers', {
    method: 'POST', signal, body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
  });
  const draft = { text: '', citations: [], withheld: [] };
  try {
    for await (const [name, data] of events(response)) {
      if (name === 'done') return data;
      if (name === 'error') throw Object.assign(new Error(data.detail || data.title), { status: data.status });
      if (name === 'retrieval') draft.hits = data.hits;
      if (name === 'citation') draft.citations.push(data);
      if (name === 'withheld') draft.withheld.push(data);
      if (name === 'delta') draft.text += data.text;
      show(draft);
    }
  } catch (failure) {
    throw failure instanceof TypeError ? broken() : failure; // as fetch calls a connection that is lost
  }
  throw broken();
}
