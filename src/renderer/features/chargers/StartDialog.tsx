import { Form, Input, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/site.tsx'
import type { ChargerDoing } from './use-charger.ts'

/** B-23; R-18: an installer tests without an order */
const MOST_MINUTES = 360
const TEST_MINUTES = 5

export function useMostMinutes(): number {
  return useMay('supervisor') ? MOST_MINUTES : TEST_MINUTES
}

interface StartDialogProps {
  /** null: closed */
  readonly port: number | null
  readonly doing: ChargerDoing
  readonly onClose: () => void
}

interface Values {
  readonly minutes: number
  readonly reason?: string
}

/** How long, and why; Enter switches on. */
export function StartDialog({ port, doing, onClose }: StartDialogProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [shown, setShown] = useState(port)
  if (port !== null && port !== shown) setShown(port)
  const submit = ({ minutes, reason }: Values) => {
    if (shown === null) return
    onClose()
    const why = reason?.trim()
    void doing.command({ command: 'POWERON', port: shown, minutes, ...(why ? { reason: why } : {}) })
  }
  return (
    <Modal
      open={port !== null}
      title={t('chargers.ports.startTitle', { port: shown ?? '' })}
      okText={t('chargers.ports.start')}
      cancelText={t('common.action.cancel')}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
      width={380}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ minutes: 1 }}
        onFinish={submit}
        onKeyDown={(event) => event.key === 'Enter' && form.submit()}
      >
        <Minutes />
        <Form.Item name="reason" label={t('chargers.ports.reason')} help={t('chargers.ports.reasonHint')}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

function Minutes() {
  const { t } = useTranslation()
  const most = useMostMinutes()
  const range = t('chargers.ports.minutesRange', { most })
  return (
    <Form.Item
      name="minutes"
      label={t('chargers.ports.minutes')}
      extra={most === TEST_MINUTES ? t('chargers.ports.minutesTest') : range}
      rules={[{ required: true, message: range }]}
    >
      <InputNumber autoFocus min={1} max={most} precision={0} style={{ width: 120 }} />
    </Form.Item>
  )
}
