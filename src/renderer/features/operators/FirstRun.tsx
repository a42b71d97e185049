import { Button, Steps } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSite } from '../../app/site.tsx'
import { ConnectionForm } from '../settings/ConnectionForm.tsx'
import { CreateAdministrator } from './CreateAdministrator.tsx'
import { DoorCorner } from './DoorCorner.tsx'

/** First run: the administrator, then (it can wait) the connection to the meters. */
export function FirstRun({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const { hello } = useSite()
  const step = hello.firstRun ? 0 : 1
  return (
    <main className="sd-door">
      <DoorCorner />
      <section className="sd-door-card" data-wide>
        <h1>{t('operators.firstRun.title')}</h1>
        <Steps
          size="small"
          current={step}
          items={[{ title: t('operators.firstRun.stepAdmin') }, { title: t('operators.firstRun.stepImr') }]}
        />
        {step === 0 ? <CreateAdministrator /> : <FirstConnection onDone={onDone} />}
      </section>
    </main>
  )
}

function FirstConnection({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="sd-quiet">{t('operators.firstRun.imrPurpose')}</p>
      <ConnectionForm
        verb={t('operators.firstRun.saveGo')}
        onSaved={onDone}
        extra={<Button onClick={onDone}>{t('common.action.later')}</Button>}
      />
    </>
  )
}
