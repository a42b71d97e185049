import type { Output } from '#shared/contract/index.ts'
import { notFound } from '#shared/errors.ts'
import type { CoreContext } from '../context.ts'
import type { Meters } from '../meters/index.ts'
import { meterKindOf } from '../upstream/index.ts'
import type { Directory } from './directory.ts'
import { costsOf, rechargesOf } from './lists.ts'
import { rowMaker } from './rows.ts'

type Card = Output<'rooms.get'>

/** Recharges and costs on the card; the lists have all of them. */
const ON_CARD = 10

interface StoredBalance {
  readonly balance_fen: number
  readonly at: number
  readonly electricity_fen: number | null
  readonly water_fen: number | null
  readonly card_at: number | null
}

export interface Cards {
  /** the card from history.db; throws NOT_FOUND */
  card(roomId: string): Card
  /** when the platform was last asked for this card */
  cardAt(roomId: string): number | null
  recordsAt(roomId: string): number | null
}

export function createCards(
  { store }: CoreContext,
  directory: Directory,
  meters: Pick<Meters, 'idOfNumber'>,
): Cards {
  const { history, site } = store
  const balance = history.statement<StoredBalance>('SELECT * FROM room_balance WHERE room_id = ?')
  const hanging = history.statement<{ table_no: string; type_code: string; reading: string | null }>(
    'SELECT table_no, type_code, reading FROM room_meter WHERE room_id = ? ORDER BY type_code DESC, table_no',
  )
  const records = history.statement<{ n: number; at: number | null }>(
    'SELECT count(*) AS n, min(fetched_at) AS at FROM room_records WHERE room_id = ?',
  )
  const mark = site.statement('SELECT 1 FROM room_mark WHERE room_id = ?')
  const rowOf = rowMaker(history)
  const recordsAt = (roomId: string) => {
    const held = records.get(roomId)
    return held?.n === 2 ? held.at : null
  }
  return {
    cardAt: (roomId) => balance.get(roomId)?.card_at ?? null,
    recordsAt,
    card(roomId) {
      const place = directory.tree().places.get(roomId)
      if (!place) throw notFound('room', roomId)
      const held = balance.get(roomId)
      const row = rowOf(place)
      return {
        ...row,
        balances: balancesOf(held),
        meters: hanging.all(roomId).map(({ table_no, type_code, reading }) => ({
          tableNo: table_no,
          kind: meterKindOf('campus', type_code),
          reading,
          meterId: meters.idOfNumber(table_no),
        })),
        recharges: rechargesOf(history, roomId, { limit: ON_CARD }),
        costs: costsOf(history, roomId, { limit: ON_CARD }),
        recordsAt: recordsAt(roomId),
        marked: mark.get(roomId) !== undefined,
        asOf: held?.card_at ?? held?.at ?? null,
      }
    },
  }
}

/** As old as the oldest of the three: the subsidies come only with the card (C-16). */
function balancesOf(held: StoredBalance | undefined): Card['balances'] {
  if (!held || held.card_at === null || held.electricity_fen === null || held.water_fen === null) return null
  const { balance_fen, electricity_fen, water_fen, card_at } = held
  return { balanceFen: balance_fen, electricityFen: electricity_fen, waterFen: water_fen, at: card_at }
}
