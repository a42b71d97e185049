import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { MayButton } from '../../app/why-not.tsx'
import { ErrorState } from '../../ui/states.tsx'

/** A phone masked until somebody who may asks for it; that is audited (W-25). */
export function Phone({ account, masked }: { account: string; masked: string }) {
  const { t } = useTranslation()
  const reveal = useWrite('water.reveal')
  if (masked === '') return null
  if (reveal.data)
    return (
      <>
        {reveal.data.phone} <span className="sd-quiet">{t('water.accounts.revealed')}</span>
      </>
    )
  return (
    <>
      {masked}{' '}
      <MayButton
        operation="water.reveal"
        size="small"
        loading={reveal.isPending}
        onClick={() => reveal.mutate({ user_code: account })}
      >
        {t('water.accounts.reveal')}
      </MayButton>
      {reveal.error ? <ErrorState error={reveal.error} /> : null}
    </>
  )
}
