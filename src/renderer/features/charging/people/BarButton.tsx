import { Button, Input, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PHONE } from '#shared/chargers.ts'
import { useWrite } from '../../../api/queries.ts'
import { useWhyNot } from '../../../app/why-not.tsx'
import { WithReason } from '../../../ui/states.tsx'
import { useManagerOptions } from '../options.ts'
import { Refused } from '../Refused.tsx'

/** Bars somebody from a manager's chargers; `user` where it is known already. */
export function BarButton({ user, main = false }: { user?: string; main?: boolean }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const why = useWhyNot('blacklist.add')
  return (
    <>
      <WithReason reason={why}>
        <Button type={main ? 'primary' : 'default'} disabled={why !== null} onClick={() => setAsking(true)}>
          {t('charging.blacklist.add')}
        </Button>
      </WithReason>
      <Modal
        open={asking}
        title={t('charging.blacklist.add')}
        footer={null}
        width={460}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        <BarForm known={user} onDone={() => setAsking(false)} />
      </Modal>
    </>
  )
}

function BarForm({ known, onDone }: { known: string | undefined; onDone: () => void }) {
  const { t } = useTranslation()
  const ids = useId()
  const managers = useManagerOptions()
  const [user, setUser] = useState(known ?? '')
  const [manager, setManager] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const add = useWrite('blacklist.add', { onSuccess: onDone })
  const wrong = !PHONE.test(user.trim())
  const submit = () => {
    setTried(true)
    if (!wrong && manager !== null && !add.isPending) add.mutate({ user: user.trim(), manager })
  }
  return (
    <div className="sd-stack">
      <p>{t('charging.blacklist.addText')}</p>
      {known === undefined ? (
        <div className="sd-field">
          <label htmlFor={`${ids}-user`}>{t('charging.blacklist.userPhone')}</label>
          <Input
            id={`${ids}-user`}
            autoFocus
            inputMode="numeric"
            maxLength={11}
            value={user}
            status={tried && wrong ? 'error' : ''}
            aria-invalid={tried && wrong}
            onChange={(event) => setUser(event.target.value)}
            onPressEnter={submit}
          />
          <Complaint text={tried && wrong ? t('charging.blacklist.phoneWrong') : null} />
        </div>
      ) : null}
      <div className="sd-field">
        <label htmlFor={`${ids}-manager`}>{t('charging.blacklist.managerPhone')}</label>
        <Select
          id={`${ids}-manager`}
          value={manager}
          options={managers.map((one) => ({ ...one }))}
          showSearch={{ optionFilterProp: 'label' }}
          status={tried && manager === null ? 'error' : ''}
          onChange={setManager}
          style={{ width: '100%' }}
        />
        <Complaint text={tried && manager === null ? t('charging.blacklist.managerNeeded') : null} />
      </div>
      <Refused error={add.error} />
      <div className="sd-actions sd-actions-end">
        <Button onClick={onDone}>{t('common.action.cancel')}</Button>
        <Button type="primary" danger loading={add.isPending} onClick={submit}>
          {t('charging.blacklist.add')}
        </Button>
      </div>
    </div>
  )
}

const Complaint = ({ text }: { text: string | null }) => (
  <span className="sd-complaint" role="alert">
    {text}
  </span>
)
