import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShiftReport } from '#shared/contract/shifts.ts'
import { useWrite } from '../../api/queries.ts'
import { useSite } from '../../app/site.tsx'
import { useWhyNot } from '../../app/why-not.tsx'
import { Facts, Money } from '../../ui/figures.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { Signed } from './Signed.tsx'

/** The second person: a supervisor who did not hold the drawer. */
export function SignOff({ report }: { report: ShiftReport }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const sign = useWrite('shifts.sign', { onSuccess: () => setAsking(false) })
  const mayNot = useWhyNot('shifts.sign')
  const state = useRefusal(report)
  const reason = mayNot ?? state
  return (
    <>
      <WithReason reason={reason}>
        <Button type="primary" disabled={reason !== null} onClick={() => setAsking(true)}>
          {t('shifts.sign.action')}
        </Button>
      </WithReason>
      <Modal
        open={asking}
        title={t('shifts.sign.title', { n: report.number })}
        okText={t('shifts.sign.action')}
        confirmLoading={sign.isPending}
        onOk={() => sign.mutate({ id: report.id })}
        onCancel={() => setAsking(false)}
      >
        <div className="sd-stack">
          <Facts
            facts={[
              { label: t('shifts.operator'), value: report.operator },
              { label: t('shifts.counted'), value: <Money fen={report.countedFen} /> },
              { label: t('shifts.difference'), value: <Signed fen={report.differenceFen} /> },
              { label: t('shifts.differenceReason'), value: report.differenceReason },
            ]}
          />
          <p className="sd-quiet">{t('shifts.sign.text')}</p>
          {sign.error ? <ErrorState error={sign.error} /> : null}
        </div>
      </Modal>
    </>
  )
}

function useRefusal(report: ShiftReport): string | null {
  const { t } = useTranslation()
  const { operator } = useSite().hello
  if (report.state === 'open') return t('shifts.sign.notClosed')
  return report.operator === operator?.name ? t('shifts.sign.own') : null
}
