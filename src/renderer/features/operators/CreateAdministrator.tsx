import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { readKey, useWrite } from '../../api/queries.ts'
import { ErrorState } from '../../ui/states.tsx'
import { PinFields } from './PinFields.tsx'

interface Values {
  name: string
  pin: string
  again: string
  siteName?: string
}

/** Creates the administrator and signs in. */
export function CreateAdministrator() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const create = useWrite('operators.createFirst', {
    onSuccess: () => void queries.invalidateQueries({ queryKey: readKey('system.hello', {}) }),
  })
  const submit = ({ name, pin, siteName }: Values) =>
    create.mutate({ name: name.trim(), pin, ...(siteName?.trim() ? { siteName: siteName.trim() } : {}) })
  return (
    <Form<Values> layout="vertical" onFinish={submit} requiredMark={false}>
      <p className="sd-quiet">{t('operators.firstRun.purpose')}</p>
      <Form.Item
        name="name"
        label={t('operators.name')}
        rules={[{ required: true, whitespace: true, message: t('operators.nameNeeded') }]}
      >
        <Input autoFocus maxLength={40} autoComplete="off" />
      </Form.Item>
      <PinFields label={t('operators.pin')} />
      <Form.Item
        name="siteName"
        label={t('operators.firstRun.siteName')}
        extra={t('operators.firstRun.siteNameHint')}
      >
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <div className="sd-stack">
        {create.error ? <ErrorState error={create.error} /> : null}
        <Button type="primary" htmlType="submit" block size="large" loading={create.isPending}>
          {t('operators.firstRun.create')}
        </Button>
      </div>
    </Form>
  )
}
