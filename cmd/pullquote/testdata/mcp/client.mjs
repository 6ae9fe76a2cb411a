// Connects to a server with one of the official clients, does what assistants do, and
// prints what it got as JSON: node client.mjs CLIENT TARGET QUERY, where TARGET is a URL,
// or a program that is started with the argument mcp.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [which, target, query] = process.argv.slice(2)
const require = createRequire(pathToFileURL(process.cwd() + '/')) // where the clients are installed
const load = async name => import(pathToFileURL(require.resolve(name)))

// Each client of an age: what it is made of, and how it is told which version to speak.
const clients = {
  async initialize() {
    const { Client } = await load('@modelcontextprotocol/sdk/client/index.js')
    const { StdioClientTransport } = await load('@modelcontextprotocol/sdk/client/stdio.js')
    const { StreamableHTTPClientTransport } = await load('@modelcontextprotocol/sdk/client/streamableHttp.js')
    return { Client, StdioClientTransport, StreamableHTTPClientTransport }
  },
  async newest() {
    const { Client, StreamableHTTPClientTransport } = await load('@modelcontextprotocol/client')
    const { StdioClientTransport } = await load('@modelcontextprotocol/client/stdio')
    return { Client, StdioClientTransport, StreamableHTTPClientTransport, options: { versionNegotiation: { mode: { pin: '2026-07-28' } } } }
  },
}

const { Client, StdioClientTransport, StreamableHTTPClientTransport, options } = await clients[which]()
const client = new Client({ name: 'test', version: '1' }, options)
await client.connect(target.startsWith('http')
  ? new StreamableHTTPClientTransport(new URL(target))
  : new StdioClientTransport({ command: target, args: ['mcp'], env: process.env }))

// From here on the client holds each result to the schema of its tool.
const { tools } = await client.listTools()
const call = async (name, args) => {
  const result = await client.callTool({ name, arguments: args })
  return result.isError ? { error: result.content[0].text } : { structured: result.structuredContent, text: JSON.parse(result.content[0].text) }
}
const found = await call('search', { query })
const id = found.structured.results[0].id
const got = {
  tools: tools.map(t => t.name),
  readOnly: tools.every(t => t.annotations.readOnlyHint),
  search: found,
  fetch: await call('fetch', { id }),
  ask: await call('ask', { question: query }),
  verify_quotes: await call('verify_quotes', { text: `It is said: “${found.structured.results[0].text}”` }),
  list_transcripts: await call('list_transcripts', {}),
  refused: await call('search', { query, role: 'singer' }),
  templates: (await client.listResourceTemplates()).resourceTemplates.map(t => t.uriTemplate),
  resources: (await client.listResources()).resources.map(r => r.uri),
  turn: JSON.parse((await client.readResource({ uri: 'pullquote://transcripts/' + id })).contents[0].text),
}
await client.close()
console.log(JSON.stringify(got))
