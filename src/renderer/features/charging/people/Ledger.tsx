import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { maskPhone } from '#shared/privacy.ts'
import { useRead } from '../../../api/queries.ts'
import { formatNumber } from '../../../app/format.ts'
import { useMay } from '../../../app/site.tsx'
import type { Column, RowOf } from '../../../ui/column.ts'
import { Code, Figure, Time } from '../../../ui/figures.tsx'
import { ListPart } from '../../../ui/ListPart.tsx'
import { Notice, Reading } from '../../../ui/states.tsx'

type Entry = RowOf<'coins.ledger'>

/** Whether the balance is what the ledger comes to. */
export function LedgerCheck({ user }: { user: string }) {
  const { t } = useTranslation()
  const ledger = useRead('coins.ledger', { user, limit: 1 }, { keepPrevious: false })
  return (
    <Reading read={ledger} lines={1}>
      {({ agrees, balance, rows }) =>
        agrees ? (
          <span className="sd-chip cg-chip">{t('charging.users.agrees')}</span>
        ) : (
          <Notice tone="bad">
            <strong>
              {t('charging.users.disagrees', {
                balance: formatNumber(balance),
                sum: formatNumber(rows[0]?.balance ?? 0),
              })}
            </strong>
            <span>{t('charging.users.disagreesTodo')}</span>
          </Notice>
        )
      }
    </Reading>
  )
}

/** Every movement of a user's coins, newest first, with the balance after it. */
export function Ledger({ user }: { user: string }) {
  const { t } = useTranslation()
  const phones = useMay('supervisor')
  const columns = useMemo(() => ledgerColumns(t, phones), [t, phones])
  return (
    <ListPart
      operation="coins.ledger"
      label={t('charging.users.ledger')}
      columns={columns}
      input={() => ({ user })}
      rowKey={(row) => `${row.kind} ${row.id}`}
      export="coins.ledger"
      empty={{ what: t('charging.users.ledgerEmpty') }}
      lines={12}
    />
  )
}

const KINDS = ['charge', 'giftIn', 'giftOut', 'order', 'held'] as const

/** The other side is a phone only where coins were given. */
const otherText = ({ kind, other }: Entry): string => {
  if (other === null) return ''
  return kind === 'giftIn' || kind === 'giftOut' ? maskPhone(other) : other
}

const signed = (coins: number): string => (coins > 0 ? `+${formatNumber(coins)}` : formatNumber(coins))

const ledgerColumns = (t: TFunction, phones: boolean): readonly Column<Entry>[] => [
  {
    key: 'at',
    title: t('charging.users.at'),
    width: 110,
    render: (row) => <Time at={row.at} />,
    export: { format: 'time' },
  },
  {
    key: 'kind',
    title: t('charging.users.kind'),
    width: 120,
    render: (row) => t(`charging.users.kindName.${row.kind}`),
    export: {
      format: 'text',
      words: Object.fromEntries(KINDS.map((kind) => [kind, t(`charging.users.kindName.${kind}`)])),
    },
  },
  {
    key: 'coins',
    title: t('charging.users.change'),
    width: 90,
    align: 'right',
    render: (row) => <span className="sd-figure">{signed(row.coins)}</span>,
    export: { format: 'integer' },
  },
  {
    key: 'balance',
    title: t('charging.users.balance'),
    width: 90,
    align: 'right',
    render: (row) => <Figure value={row.balance} />,
    export: { format: 'integer' },
  },
  {
    key: 'other',
    title: t('charging.users.other'),
    width: 150,
    render: otherText,
    export: phones ? { format: 'text' } : false,
  },
  { key: 'id', title: t('charging.users.id'), width: 200, render: (row) => <Code>{row.id}</Code> },
]
