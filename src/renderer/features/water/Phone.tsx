import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { useMay } from '../../app/site.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'

/** A phone masked until somebody who may asks for it; that is audited (W-25). */
export function Phone({ account, masked }: { account: string; masked: string }) {
  const { t } = useTranslation()
  const may = useMay('supervisor', 'cashier')
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
      <WithReason reason={may ? null : t('water.accounts.needsRole')}>
        <Button
          size="small"
          disabled={!may}
          loading={reveal.isPending}
          onClick={() => reveal.mutate({ user_code: account })}
        >
          {t('water.accounts.reveal')}
        </Button>
      </WithReason>
      {reveal.error ? <ErrorState error={reveal.error} /> : null}
    </>
  )
}
