import { useTranslation } from 'react-i18next'
import { DeskPage } from '../../../ui/DeskPage.tsx'
import { EmptyState } from '../../../ui/states.tsx'
import { ConfirmSheet } from './ConfirmSheet.tsx'
import { DeskSide } from './DeskSide.tsx'
import { FollowSale } from './FollowSale.tsx'
import { RefusalSheet } from './RefusalSheet.tsx'
import { RoomSearch } from './RoomSearch.tsx'
import { RoomStep } from './RoomStep.tsx'
import { SaleEnd } from './SaleEnd.tsx'
import { useDesk, type Desk } from './use-desk.ts'
import './desk.css'

/** The desk (ux.md): search, amount, confirm; five key actions a sale, and the cursor back in the search box. */
export function RechargeDesk() {
  const { t } = useTranslation()
  const desk = useDesk()
  const { flow, dispatch } = desk
  return (
    <DeskPage
      title={t('recharge.desk.title')}
      purpose={t('recharge.desk.purpose')}
      side={<DeskSide shown={shownEnd(desk)} onShow={(intentId) => dispatch({ do: 'show', intentId })} />}
    >
      {flow.followed.map((id) => (
        <FollowSale key={id} intentId={id} onApplied={desk.prints.first} />
      ))}
      <Search desk={desk} />
      <Decision desk={desk} />
    </DeskPage>
  )
}

/** The sale whose end stands in the middle now; every other one without an outcome stands at the side. */
const shownEnd = ({ flow, query }: Desk) =>
  flow.step.at === 'search' && query.trim() === '' ? flow.last : null

function Search({ desk }: { desk: Desk }) {
  const { flow, dispatch } = desk
  return (
    <RoomSearch
      input={desk.search}
      query={desk.query}
      onQuery={desk.setQuery}
      active={flow.step.at === 'search'}
      disabled={flow.step.at === 'posting'}
      onFocus={() => {
        if (flow.step.at !== 'search') dispatch({ do: 'search' })
      }}
      onChoose={(row) => {
        desk.setAmount('')
        dispatch({ do: 'choose', roomId: row.id })
      }}
    />
  )
}

/** The one thing to decide now. */
function Decision({ desk }: { desk: Desk }) {
  const { flow, dispatch } = desk
  const { step } = flow
  const back = () => dispatch({ do: 'back' })
  switch (step.at) {
    case 'room':
      return <RoomStep key={step.roomId} roomId={step.roomId} desk={desk} />
    case 'confirm':
    case 'posting':
      return (
        <ConfirmSheet
          sale={step.sale}
          posting={step.at === 'posting'}
          onPost={() => desk.send(step.sale)}
          onBack={back}
        />
      )
    case 'refused':
      return (
        <RefusalSheet
          sale={step.sale}
          error={step.error}
          onPost={(change) => desk.send(step.sale, change)}
          onAgain={() => dispatch({ do: 'again' })}
          onBack={back}
        />
      )
    default:
      return <Ready desk={desk} />
  }
}

/** Between two sales: how the last one ended, while nothing is typed. */
function Ready({ desk }: { desk: Desk }) {
  const { t } = useTranslation()
  const last = shownEnd(desk)
  if (desk.query.trim() !== '') return null
  if (last === null) return <EmptyState what={t('recharge.desk.start')} todo={t('recharge.desk.startTodo')} />
  return <SaleEnd intentId={last} prints={desk.prints} onDismiss={() => desk.dispatch({ do: 'dismiss' })} />
}
