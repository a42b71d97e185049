import { useTranslation } from 'react-i18next'
import type { UserRow } from '#shared/contract/users.ts'
import { Figure, State, Time, type Fact } from '../../../ui/figures.tsx'
import { Phone } from '../Phone.tsx'

/** Who it is and what is open with him. */
export function useUserFacts(row: UserRow): readonly Fact[] {
  const { t } = useTranslation()
  const unpaid = row.unpaid ? (
    <State tone="attention">{t('charging.users.unpaidYes')}</State>
  ) : (
    t('common.none')
  )
  const barred =
    row.blacklistedBy > 0 ? (
      <State tone="bad">{t('charging.users.barredBy', { n: row.blacklistedBy })}</State>
    ) : (
      t('charging.users.notBarred')
    )
  return [
    { label: t('charging.userName'), value: row.userName },
    { label: t('charging.phone'), value: <Phone of={row.user} whole="user" /> },
    { label: t('charging.users.profession'), value: row.professionName },
    { label: t('charging.users.coins'), value: <Figure value={row.coins} /> },
    { label: t('charging.users.held'), value: <Figure value={row.heldCoins} /> },
    { label: t('charging.users.unpaid'), value: unpaid },
    { label: t('charging.users.barred'), value: barred },
    { label: t('charging.users.firstAt'), value: <Time at={row.firstAt} /> },
  ]
}
