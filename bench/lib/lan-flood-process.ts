/**
 * Floods a LAN service from a process of its own: `argv` url, requests a second, connections, `calls` or `lists`. Sends
 * on a schedule, whether answers come or not, and tells over IPC how many came back each second.
 */
import { Pool } from 'undici'
import { signedAll, signedRead, signedWrite, type Prepared } from './lan-site.ts'

const [url = '', perSecond = '1000', connections = '64', what = 'calls'] = process.argv.slice(2)
const pool = new Pool(url, { connections: Number(connections), pipelining: 1 })
const EVERY_MS = 10
const MOST_WAITING = 4000
let sent = 0
let waiting = 0
let answered = 0

function call(): Prepared {
  if (what === 'lists') return signedAll()
  return sent % 4 === 0 ? signedWrite(sent) : signedRead(sent)
}

function one(): void {
  const { path, body } = call()
  sent += 1
  waiting += 1
  pool
    .request({ path, method: 'POST', headers: { 'content-type': 'application/json' }, body })
    .then(({ body: answer }) => answer.dump())
    .then(() => {
      answered += 1
      return null
    })
    .catch(() => null)
    .finally(() => {
      waiting -= 1
    })
}

let owed = 0
setInterval(() => {
  owed += (Number(perSecond) * EVERY_MS) / 1000
  for (; owed >= 1; owed -= 1) if (waiting < MOST_WAITING) one()
}, EVERY_MS)
setInterval(() => {
  process.send?.({ answered })
  answered = 0
}, 1000)
process.once('disconnect', () => process.exit(0))
