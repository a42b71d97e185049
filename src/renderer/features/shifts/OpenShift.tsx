import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { readFloat } from '../recharge/amount.ts'
import { MoneyField } from './MoneyField.tsx'

/** The cash that lies in the drawer at the start. */
export function OpenShift() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const open = useWrite('shifts.open')
  const why = useWhyNot('shifts.open')
  const amount = readFloat(text)
  const submit = () => {
    setTried(true)
    if ('fen' in amount && !open.isPending && why === null) open.mutate({ cashFloatFen: amount.fen })
  }
  return (
    <Panel title={t('shifts.open.title')} purpose={t('shifts.open.purpose')}>
      <div className="sd-stack">
        <MoneyField
          label={t('shifts.open.float')}
          {...{ text, amount, tried }}
          onChange={setText}
          onEnter={submit}
        />
        {open.error ? <ErrorState error={open.error} /> : null}
        <div className="sd-actions">
          <WithReason reason={why}>
            <Button
              type="primary"
              size="large"
              disabled={why !== null}
              loading={open.isPending}
              onClick={submit}
            >
              {t('shifts.open.action')}
            </Button>
          </WithReason>
        </div>
      </div>
    </Panel>
  )
}
