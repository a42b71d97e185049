import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { readKey, useWrite } from '../../api/queries.ts'
import { DEFAULT_ZONE } from '#shared/time.ts'
import { ErrorState } from '../../ui/states.tsx'
import { dropDraft, keepDraft, readDraft } from '../setup/draft.ts'
import { PinFields } from './PinFields.tsx'

interface Values {
  name: string
  pin: string
  again: string
  siteName?: string
  zone?: string
}

const DRAFT = 'site'
const ZONE = /^[+-]\d\d:\d\d$/

/** Site and administrator in one act; signs in, and the other steps of the wizard follow. */
export function CreateAdministrator() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const create = useWrite('operators.createFirst', {
    onSuccess: () => {
      dropDraft(DRAFT)
      void queries.invalidateQueries({ queryKey: readKey('system.hello', {}) })
    },
  })
  const submit = ({ name, pin, siteName, zone }: Values) =>
    create.mutate({
      name: name.trim(),
      pin,
      ...(siteName?.trim() ? { siteName: siteName.trim() } : {}),
      ...(zone?.trim() ? { zone: zone.trim() } : {}),
      wizard: true,
    })
  return (
    <Form<Values>
      layout="vertical"
      onFinish={submit}
      requiredMark={false}
      initialValues={{ zone: DEFAULT_ZONE, ...readDraft(DRAFT) }}
      onValuesChange={(_, values) => keepDraft(DRAFT, values)}
    >
      <p className="sd-quiet">{t('operators.firstRun.purpose')}</p>
      <Form.Item
        name="name"
        label={t('operators.name')}
        rules={[{ required: true, whitespace: true, message: t('operators.nameNeeded') }]}
      >
        <Input autoFocus maxLength={40} autoComplete="off" />
      </Form.Item>
      <PinFields label={t('operators.pin')} />
      <SiteFields />
      <div className="sd-stack">
        {create.error ? <ErrorState error={create.error} /> : null}
        <Button type="primary" htmlType="submit" block size="large" loading={create.isPending}>
          {t('operators.firstRun.create')}
        </Button>
      </div>
    </Form>
  )
}

function SiteFields() {
  const { t } = useTranslation()
  return (
    <div className="sd-pair">
      <Form.Item
        name="siteName"
        label={t('operators.firstRun.siteName')}
        extra={t('operators.firstRun.siteNameHint')}
      >
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="zone"
        label={t('settings.site.zone')}
        extra={t('settings.site.zoneHint')}
        rules={[{ pattern: ZONE, message: t('settings.site.zoneHint') }]}
      >
        <Input maxLength={6} autoComplete="off" />
      </Form.Item>
    </div>
  )
}
