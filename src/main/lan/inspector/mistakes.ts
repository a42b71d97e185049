import { createHash } from 'node:crypto'
import type { Body } from '../request/body.ts'
import type { Given } from './given.ts'
import { shownValue } from './redact.ts'

/** One part of a mistake: i18n key `lan.hint.<code>` with its values. */
export interface Hint {
  readonly code: string
  readonly data?: Readonly<Record<string, unknown>>
}

export interface Found {
  readonly hints: readonly Hint[]
  /** what the caller hashed, as it may be shown */
  readonly text: string
}

type Pair = readonly [name: string, value: string]
interface Material {
  readonly pairs: readonly Pair[]
  readonly jam: string
  readonly appKey: string
}
/** One way to do a step; without hints it is right. `cost`: fewer and likelier mistakes are tried first. */
interface Way<F> {
  readonly cost: number
  readonly hint?: Hint
  readonly apply: F
}
const right = <F>(apply: F): Way<F> => ({ cost: 0, apply })
const wrong = <F>(code: string, apply: F): Way<F> => ({ cost: 1, hint: { code }, apply })

/** Mistakes that come together; more of them are told as unknown. */
const MOST_COST = 3
/** Larger requests are not searched: the search is a few thousand digests of their text. */
const MOST_FIELDS = 40
const MOST_LENGTH = 8000
/** s that a phone's clock may move between signing and sending */
const TICKS = 10

type Choose = (pairs: readonly Pair[]) => readonly Pair[]
type Write = (pairs: readonly Pair[]) => string
type Salt = (text: string, of: Material) => string
type Letters = (text: string) => string

const byCode = ([a]: Pair, [b]: Pair) => (a < b ? -1 : 1)
const ORDERS: readonly Way<Choose>[] = [
  right((pairs) => pairs.toSorted(byCode)),
  right((pairs) => {
    const sorted = pairs.toSorted(byCode)
    return [
      ...sorted.filter(([name]) => name !== 'timestamp'),
      ...sorted.filter(([name]) => name === 'timestamp'),
    ]
  }),
  wrong('asSent', (pairs) => pairs),
  wrong('caseless', (pairs) => pairs.toSorted(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))),
  wrong('reversed', (pairs) => pairs.toSorted(byCode).toReversed()),
]

/** `encodeURIComponent` leaves the dots of hidden secrets as they are. */
const encoded = (value: string) => encodeURIComponent(value).replaceAll('%E2%97%8F', '●')
const VALUES: readonly Way<Choose>[] = [
  right((pairs) => pairs),
  wrong('urlEncoded', (pairs) => pairs.map(([name, value]) => [name, encoded(value)])),
]
const WRITINGS: readonly Way<Write>[] = [
  right((pairs) => pairs.map(([name, value]) => name + value).join('')),
  wrong('separators', (pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&')),
  wrong('equals', (pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('')),
  wrong('valuesOnly', (pairs) => pairs.map(([, value]) => value).join('')),
  wrong('jsonText', (pairs) => JSON.stringify(Object.fromEntries(pairs))),
]
const SALTS: readonly Way<Salt>[] = [
  right((text, { jam }) => text + jam),
  wrong('jamMissing', (text) => text),
  wrong('jamFirst', (text, { jam }) => jam + text),
  wrong('jamTwice', (text, { jam }) => jam + text + jam),
  wrong('jamAfterAmpersand', (text, { jam }) => `${text}&${jam}`),
  wrong('jamAsKey', (text, { jam }) => `${text}&key=${jam}`),
  wrong('jamIsAppKey', (text, { appKey }) => text + appKey),
]
const LETTERS: readonly Way<Letters>[] = [
  right((text) => text),
  wrong('lowerCase', (text) => text.toLowerCase()),
  wrong('upperCase', (text) => text.toUpperCase()),
]

/** What people do instead, tried alone and together until the signature that came comes out. */
export function findMistake(body: Body, given: Given, jam: string): Found | null {
  const readings = readingsOfValues(body)
  const [first] = readings
  const size = first?.real.reduce((sum, [name, value]) => sum + name.length + value.length, 0) ?? 0
  if (!first || first.real.length > MOST_FIELDS || size > MOST_LENGTH) return null
  const chosen = choices(first.real)
  const digests = digestsOf(given)
  for (let cost = 0; cost <= MOST_COST; cost += 1)
    for (const ways of combinations(chosen, cost))
      for (const { real, shown } of readings) {
        const text = compose(ways, { pairs: real, jam, appKey: valueOf(real, 'appKey') })
        const digest = digests.find(({ apply }) => apply(text) === given.hex)
        if (!digest) continue
        return {
          hints: [...ways, digest].flatMap(({ hint }) => (hint ? [hint] : [])),
          text: compose(ways, { pairs: shown, jam: '●', appKey: valueOf(shown, 'appKey') }),
        }
      }
  return null
}

type Ways = readonly [Way<Choose>, Way<Choose>, Way<Choose>, Way<Write>, Way<Salt>, Way<Letters>]

function compose([choose, order, values, write, salt, letters]: Ways, material: Material): string {
  const pairs = values.apply(order.apply(choose.apply(material.pairs)))
  return letters.apply(salt.apply(write.apply(pairs), material))
}

/** Every combination that costs exactly so much. */
function* combinations(chosen: readonly Way<Choose>[], cost: number): Generator<Ways> {
  for (const choose of chosen)
    for (const order of ORDERS)
      for (const values of VALUES)
        for (const write of WRITINGS) {
          const sofar = choose.cost + order.cost + values.cost + write.cost
          if (sofar > cost) continue
          for (const salt of SALTS)
            for (const letters of LETTERS)
              if (sofar + salt.cost + letters.cost === cost)
                yield [choose, order, values, write, salt, letters]
        }
}

const without =
  (...names: readonly string[]): Choose =>
  (pairs) =>
    pairs.filter(([name]) => !names.includes(name))

/** Parameters left out, and a time that moved between signing and sending. */
function choices(pairs: readonly Pair[]): Way<Choose>[] {
  const sent = Number(valueOf(pairs, 'timestamp'))
  const at =
    (seconds: number): Choose =>
    (all) =>
      all.map((pair) => (pair[0] === 'timestamp' ? ['timestamp', String(sent + seconds)] : pair))
  const ticks = Number.isSafeInteger(sent)
    ? Array.from({ length: 2 * TICKS + 1 }, (_, i) => i - TICKS).filter((seconds) => seconds !== 0)
    : []
  return [
    right((all) => all),
    { cost: 1, hint: { code: 'withoutApp' }, apply: without('appId', 'appKey') },
    ...pairs.map(([name]) => ({ cost: 1, hint: { code: 'leftOut', data: { name } }, apply: without(name) })),
    ...ticks.map((seconds) => ({
      cost: 2,
      hint: { code: 'timestampMoved', data: { seconds: Math.abs(seconds) } },
      apply: at(seconds),
    })),
    { cost: 2, hint: { code: 'timestampUnit' }, apply: inSeconds },
  ]
}

const inSeconds: Choose = (all) =>
  all.map((pair) => (pair[0] === 'timestamp' ? ['timestamp', pair[1].slice(0, 10)] : pair))

/** The values as JavaScript writes them and as they were written, where the two differ; secrets hidden in `shown`. */
function readingsOfValues({ fields, lexemes }: Body): { real: Pair[]; shown: Pair[] }[] {
  const of = (written: ReadonlyMap<string, string>) => {
    const real = [...fields].flatMap(([name, value]): Pair[] =>
      name === 'signature' || value === null ? [] : [[name, written.get(name) ?? String(value)]],
    )
    return { real, shown: real.map(([name, value]): Pair => [name, shownValue(name, value)]) }
  }
  const plain = of(new Map())
  const source = of(lexemes())
  return JSON.stringify(plain.real) === JSON.stringify(source.real) ? [plain] : [plain, source]
}

const valueOf = (pairs: readonly Pair[], wanted: string): string =>
  pairs.find(([name]) => name === wanted)?.[1] ?? ''

function digestsOf({ digest }: Given): Way<(text: string) => string>[] {
  const hash = (kind: 'md5' | 'sha1' | 'sha256', text: string) => createHash(kind).update(text).digest('hex')
  if (digest === 'md5Short') return [wrong('md5Short', (text) => hash('md5', text).slice(8, 24))]
  if (digest !== 'md5')
    return [{ ...wrong('digest', (text: string) => hash(digest, text)), hint: other(digest) }]
  return [right((text) => hash('md5', text)), wrong('md5Twice', (text) => hash('md5', hash('md5', text)))]
}
const other = (digest: string): Hint => ({
  code: 'digest',
  data: { digest: digest === 'sha1' ? 'SHA-1' : 'SHA-256' },
})
