import type { Fen } from '#shared/money.ts'

/** Kinds of cash in fen, the largest first: 100 yuan to 1 jiao. */
export const KINDS = [10_000, 5000, 2000, 1000, 500, 100, 50, 10] as const
export type Kind = (typeof KINDS)[number]

/** Pieces as typed; '' is none. */
export type Pieces = Readonly<Partial<Record<Kind, string>>>

const MOST_PIECES = 100_000

/** What may stand in a box: whole pieces, no sign. Chinese input methods may send wide digits. */
export function readPieces(text: string): string | null {
  const plain = text.trim().replace(/[０-９]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) - 0xfee0))
  if (!/^\d{0,6}$/.test(plain)) return null
  return Number(plain) <= MOST_PIECES ? plain : null
}

export const piecesOf = (pieces: Pieces, kind: Kind): number => Number(pieces[kind] ?? '')

export const sumOf = (pieces: Pieces, kind: Kind): Fen => piecesOf(pieces, kind) * kind

/** Whole fen times whole pieces: never a float. */
export const totalOf = (pieces: Pieces): Fen => KINDS.reduce((sum, kind) => sum + sumOf(pieces, kind), 0)

/** As `shifts.close` takes it: only what is there. */
export const countedOf = (pieces: Pieces): Record<string, number> =>
  Object.fromEntries(
    KINDS.filter((kind) => piecesOf(pieces, kind) > 0).map((kind) => [String(kind), piecesOf(pieces, kind)]),
  )
