import type { PortState } from '#shared/contract/chargers.ts'
import { PORTS } from '#shared/chargers.ts'

/** What a charger's ports said, as device_info keeps it. */
export interface ReportedPorts {
  /** ports and minutes packed as U-17; null: never reported */
  readonly portState: string | null
  /** of the newest report, in the zone of the site */
  readonly portStateTime: string | null
  /** JSON: times of the four ports, null for one never reported. Null: all at `portStateTime` */
  readonly portTimes: string | null
}

/** The four ports of `1000200330454021` (U-17): port digit and minutes; 999 is broken (B-15). */
export function unpackPorts(packed: string | null): PortState[] {
  if (packed === null) return []
  const minutes = minutesOf(packed)
  return PORTS.map((port) => {
    const left = minutes.get(port)
    if (left === undefined) return { port, state: 'unknown', minutes: null }
    if (left === 999) return { port, state: 'broken', minutes: null }
    return left === 0 ? { port, state: 'free', minutes: null } : { port, state: 'charging', minutes: left }
  })
}

function minutesOf(packed: string): Map<number, number> {
  const minutes = new Map<number, number>()
  for (const [, port, left] of packed.matchAll(/([1-4])(\d{3})/g)) minutes.set(Number(port), Number(left))
  return minutes
}

/** When this port was reported, as stored; null: never. */
export function portTimeOf({ portStateTime, portTimes }: ReportedPorts, port: number): string | null {
  if (portTimes === null) return portStateTime
  const times = JSON.parse(portTimes) as (string | null)[]
  return times[port - 1] ?? null
}

/** A report may name some of the ports only: what others said stays, with the time at which they did (R-07, U-17). */
export function mergeReport(before: ReportedPorts, packed: string, at: string): ReportedPorts {
  const said = minutesOf(packed)
  const known = minutesOf(before.portState ?? '')
  const times = PORTS.map((port) => (said.has(port) ? at : known.has(port) ? portTimeOf(before, port) : null))
  const groups = PORTS.flatMap((port) => {
    const minutes = said.get(port) ?? known.get(port)
    return minutes === undefined ? [] : [`${port}${String(minutes).padStart(3, '0')}`]
  })
  const together = times.every((time) => time === null || time === at)
  return {
    portState: groups.join(''),
    portStateTime: at,
    portTimes: together ? null : JSON.stringify(times),
  }
}
