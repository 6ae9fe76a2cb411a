// Asks Pullquote as programs ask OpenAI: by OpenAI's own client and by Vercel's AI SDK, in
// every way that they have. Prints what each of them got, as JSON.
//
//   node clients.mjs http://127.0.0.1:8080/v1 'How far does the lamp reach?'
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, streamText } from 'ai';
import OpenAI from 'openai';

const [baseURL, question] = process.argv.slice(2);
const settings = { baseURL, apiKey: 'no-key', maxRetries: 0 };
const openai = new OpenAI(settings);
const compatible = createOpenAICompatible({ name: 'pullquote', ...settings, includeUsage: true })('pullquote');
const vercel = createOpenAI(settings);
const messages = [
  { role: 'system', content: 'You are a pirate.' },
  { role: 'user', content: question },
];
const chat = { model: 'pullquote', messages };
const respond = { model: 'pullquote', input: question, instructions: 'You are a pirate.' };

const completion = (got) => ({
  id: got.id, text: got.choices[0].message.content, usage: got.usage?.total_tokens,
  links: got.choices[0].message.annotations.map((annotation) => annotation.url_citation),
});
const response = (got) => ({
  id: got.id, text: got.output_text, usage: got.usage.total_tokens,
  links: got.output[0].content[0].annotations,
});
// What the AI SDK tells of links is where they lead, as sources.
const generated = (got) => ({ id: got.response.id, text: got.text, usage: got.usage.totalTokens ?? 0, urls: got.sources.map((source) => source.url) });
const streamed = async (stream) => {
  const got = { urls: [] };
  for await (const part of stream.fullStream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'source') got.urls.push(part.url);
  }
  return { ...got, id: (await stream.response).id, text: await stream.text, usage: (await stream.usage).totalTokens ?? 0 };
};

const ways = {
  'openai: chat': async () => completion(await openai.chat.completions.create(chat)),
  'openai: chat, streamed': async () => {
    const got = { text: '', links: [] };
    for await (const chunk of await openai.chat.completions.create({ ...chat, stream: true, stream_options: { include_usage: true } })) {
      got.id = chunk.id;
      got.usage = chunk.usage?.total_tokens ?? got.usage;
      for (const { delta } of chunk.choices) {
        got.text += delta.content ?? '';
        got.links.push(...(delta.annotations ?? []).map((annotation) => annotation.url_citation));
      }
    }
    return got;
  },
  'openai: chat, put together from a stream': async () => {
    const got = await openai.chat.completions.stream(chat).finalChatCompletion();
    return { id: got.id, text: got.choices[0].message.content };
  },
  'openai: response': async () => response(await openai.responses.create(respond)),
  'openai: response, streamed': async () => {
    const got = { text: '', links: [] };
    const next = [];
    for await (const event of await openai.responses.create({ ...respond, stream: true })) {
      next.push(event.sequence_number);
      if (event.type === 'response.output_text.delta') got.text += event.delta;
      if (event.type === 'response.output_text.annotation.added') got.links.push(event.annotation);
      if (event.type === 'response.completed') Object.assign(got, { id: event.response.id, usage: event.response.usage.total_tokens });
    }
    if (next.some((number, i) => number !== i)) throw new Error(`events are numbered ${next}`);
    return got;
  },
  'openai: response, put together from a stream': async () => response(await openai.responses.stream(respond).finalResponse()),
  'ai: openai-compatible': async () => generated(await generateText({ model: compatible, messages })),
  'ai: openai-compatible, streamed': async () => streamed(streamText({ model: compatible, messages })),
  'ai: openai chat': async () => generated(await generateText({ model: vercel.chat('pullquote'), messages })),
  'ai: openai chat, streamed': async () => streamed(streamText({ model: vercel.chat('pullquote'), messages })),
  'ai: openai response': async () => generated(await generateText({ model: vercel.responses('pullquote'), messages })),
  'ai: openai response, streamed': async () => streamed(streamText({ model: vercel.responses('pullquote'), messages })),
};

// What is refused reaches each client as an error of its own kind.
const refused = {
  'openai: chat': () => openai.chat.completions.create({ ...chat, model: 'gpt-5' }),
  'openai: chat, streamed': () => openai.chat.completions.create({ ...chat, model: 'gpt-5', stream: true }),
  'openai: response': () => openai.responses.create({ ...respond, model: 'gpt-5' }),
  'ai: openai-compatible': () => generateText({ model: createOpenAICompatible({ name: 'pullquote', ...settings })('gpt-5'), messages, maxRetries: 0 }),
};

const results = { models: (await openai.models.list()).data.map((model) => model.id), answers: {}, refusals: {} };
for (const [way, ask] of Object.entries(ways)) {
  try {
    results.answers[way] = await ask();
  } catch (error) {
    results.answers[way] = { error: `${error.stack}` };
  }
}
for (const [way, ask] of Object.entries(refused)) {
  results.refusals[way] = await Promise.resolve(ask()).then(() => ({}), (error) => ({ status: error.status ?? error.statusCode, message: error.message }));
}
console.log(JSON.stringify(results));
