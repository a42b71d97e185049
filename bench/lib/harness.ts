import { performance } from 'node:perf_hooks'

/** One printed line: the figure, and how it stands to its floor in the same run. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** figure : floor; which way is better stands in `target` */
  readonly ratio: number | null
  readonly target: {
    readonly kind: 'least' | 'most'
    readonly of: 'ratio' | 'value'
    readonly limit: number
  } | null
}

export interface Bench {
  readonly name: string
  run(): Promise<readonly Figure[]>
}

/** Processor time of this thread so far, ms. */
export function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** With BENCH_CLOCK=cpu the main thread's own processor time: for a machine that is busy with other things. */
const byCpu = process.env['BENCH_CLOCK'] === 'cpu'
const clock = byCpu ? threadCpuMs : () => performance.now()

/** The median; of processor times, which the system counts in steps of some ms, the mean. */
export const median = (values: readonly number[]): number => {
  if (byCpu) return values.reduce((sum, ms) => sum + ms, 0) / values.length
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** Milliseconds one call takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = clock()
  await work()
  return clock() - start
}

/**
 * Times several variants in alternating rounds, so that whatever else the machine does falls on all of them
 * alike; one round of each before is not counted. Returns the median milliseconds of each.
 */
export async function alternate<K extends string>(
  rounds: number,
  variants: Readonly<Record<K, (round: number) => unknown>>,
): Promise<Record<K, number>> {
  const names = Object.keys(variants) as K[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>
  for (let round = -1; round < rounds; round++)
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const ms = await timed(() => variants[name](round))
      if (round >= 0) times[name].push(ms)
    }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<K, number>
}

export function holds(figure: Figure): boolean {
  const { target } = figure
  if (!target) return true
  const found = target.of === 'ratio' ? (figure.ratio ?? Number.NaN) : figure.value
  return target.kind === 'least' ? found >= target.limit : found <= target.limit
}

const number = (n: number) => (Math.abs(n) >= 100 ? n.toFixed(0) : n.toPrecision(3))

export function lineOf(figure: Figure): string {
  const { name, value, unit, ratio, target } = figure
  const words = [name, number(value), unit, ratio === null ? '-' : number(ratio)]
  if (target)
    words.push(
      `(target ${target.of} ${target.kind === 'least' ? '≥' : '≤'} ${target.limit}: ${holds(figure) ? 'held' : 'MISSED'})`,
    )
  return words.join(' ')
}
