import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '../../../app/format.ts'
import { useMay } from '../../../app/site.tsx'
import { ListPart } from '../../../ui/ListPart.tsx'
import { chargeColumns } from './charge-columns.tsx'
import { chargeBody } from './ChargeDrawer.tsx'

/** One user's purchases of coins. */
export function ChargesList({ user }: { user: string }) {
  const { t } = useTranslation()
  const phones = useMay('supervisor')
  const columns = useMemo(
    () => chargeColumns(t, phones).filter(({ key }) => key !== 'user' && key !== 'userName'),
    [t, phones],
  )
  return (
    <ListPart
      operation="coins.charges"
      label={t('charging.users.charges')}
      columns={columns}
      input={() => ({ user })}
      rowKey={(row) => row.payId}
      export="coins.charges"
      empty={{ what: t('charging.coins.empty') }}
      lines={8}
      drawer={{ title: (row) => formatMoney(row.priceFen), body: chargeBody }}
    />
  )
}
