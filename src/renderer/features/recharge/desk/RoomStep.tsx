import type { Fen } from '#shared/money.ts'
import { ErrorState, Skeleton } from '../../../ui/states.tsx'
import { AmountForm } from './AmountForm.tsx'
import type { Sale } from './flow.ts'
import { RoomCard } from './RoomCard.tsx'
import { RoomHistory } from './RoomHistory.tsx'
import type { Desk } from './use-desk.ts'
import { useRoom, type RoomDetail } from './use-room.ts'

/** The room is chosen: who it is, then how much. */
export function RoomStep({ roomId, desk }: { roomId: string; desk: Desk }) {
  const { room, renewal } = useRoom(roomId)
  const { data } = room
  if (!data)
    return room.error ? (
      <ErrorState error={room.error} retry={() => void room.refetch()} />
    ) : (
      <Skeleton lines={5} />
    )
  const check = (amountFen: Fen) =>
    desk.dispatch({ do: 'check', sale: newSale(data, amountFen, desk.tender) })
  return (
    <>
      <RoomCard room={data} renewal={renewal} onOther={() => desk.dispatch({ do: 'back' })} />
      <AmountForm
        text={desk.amount}
        onText={desk.setAmount}
        lastFen={data.recharges[0]?.amountFen ?? null}
        tender={desk.tender}
        onTender={desk.setTender}
        onAmount={check}
      />
      <RoomHistory room={data} />
    </>
  )
}

/** A sheet, and with it the one number its sale will ever have. */
const newSale = (room: RoomDetail, amountFen: Fen, tender: Sale['tender']): Sale => ({
  intentId: crypto.randomUUID(),
  roomId: room.id,
  roomPath: room.path,
  meters: room.meters.map(({ tableNo }) => tableNo),
  amountFen,
  tender,
  balanceFen: room.balances?.balanceFen ?? room.balanceFen,
  balanceAt: room.balances?.at ?? room.balanceAt,
  confirmedDuplicate: false,
  confirmedLarge: false,
})
