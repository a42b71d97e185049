import { median, type Bench, type Figure } from '../lib/harness.ts'
import { percentile, send, startServer } from '../lib/lan-load.ts'
import { signedRead, signedWrite, type Prepared } from '../lib/lan-site.ts'

const ROUNDS = 5
const READS = 4000
const WRITES = 1200
const WRITES_ALONE = 200

interface Kind {
  readonly name: string
  readonly count: number
  readonly connections: number
  readonly make: (i: number) => Prepared
  readonly least: number
}

const KINDS: readonly Kind[] = [
  { name: 'lan-read', count: READS, connections: 32, make: signedRead, least: 0.6 },
  { name: 'lan-write', count: WRITES, connections: 32, make: signedWrite, least: 2.5 },
  { name: 'lan-write-alone', count: WRITES_ALONE, connections: 1, make: signedWrite, least: 0.8 },
]

/**
 * Signed calls of the LAN service against a bare server on the same data: a read that parses and hashes the same
 * body, a durable write with the same checks in a plain transaction each.
 */
export const bench: Bench = {
  name: 'lan-calls',
  async run() {
    const service = await startServer('service')
    const bare = await startServer('bare')
    try {
      const figures: Figure[] = []
      let made = 0
      for (const kind of KINDS) {
        const rates = { service: [] as number[], bare: [] as number[] }
        const latencies: number[] = []
        for (let round = -1; round < ROUNDS; round += 1) {
          const requests = Array.from({ length: kind.count }, (_, i) => kind.make(made + i))
          made += kind.count
          const order = round % 2 === 0 ? ['service', 'bare'] : ['bare', 'service']
          for (const which of order as ('service' | 'bare')[]) {
            const { url } = which === 'service' ? service : bare
            const load = await send(url, requests, kind.connections)
            if (round < 0) continue
            rates[which].push(load.perSecond)
            if (which === 'service') latencies.push(...load.latencies)
          }
        }
        figures.push(
          {
            name: kind.name,
            value: median(rates.service),
            unit: 'calls/s',
            ratio: median(rates.service) / median(rates.bare),
            target: { kind: 'least', of: 'ratio', limit: kind.least },
          },
          {
            name: `${kind.name}-p99`,
            value: percentile(latencies, 0.99),
            unit: 'ms',
            ratio: null,
            target: null,
          },
        )
      }
      return figures
    } finally {
      await Promise.all([service.stop(), bare.stop()])
    }
  },
}
