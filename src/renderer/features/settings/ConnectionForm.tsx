import { Button, Form, Input } from 'antd'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input as InputOf } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { ErrorState } from '../../ui/states.tsx'
import { TestReport } from './TestReport.tsx'

/** A test waits for a vendor that may be slow at each of five steps. */
export const TEST_TIMEOUT_MS = 90_000

type Imr = NonNullable<InputOf<'settings.testConnection'>['imr']>
interface Values {
  baseUrl?: string
  account?: string
  password?: string
}

/** Address and account of a system, for the first run; the settings screen has the rest. */
export function ConnectionForm(props: {
  source: 'imr' | 'campus'
  verb: string
  onSaved: () => void
  /** what was typed before */
  initial?: Values
  onTyped?: (values: Values) => void
  extra?: ReactNode
}) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [more, setMore] = useState<Readonly<Record<string, string>>>({})
  const test = useWrite('settings.testConnection', { timeoutMs: TEST_TIMEOUT_MS })
  const save = useWrite('settings.update', { onSuccess: props.onSaved })
  const { source } = props
  const submit = (values: Values) => save.mutate({ changes: { ...changesOf(source, values), ...more } })
  const use = (path: string, value: string) => {
    setMore({ ...more, [path]: value })
    if (path === `upstreams.${source}.baseUrl`) form.setFieldValue('baseUrl', value)
  }
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      onFinish={submit}
      requiredMark={false}
      {...(props.initial ? { initialValues: props.initial } : {})}
      onValuesChange={(_, values) => props.onTyped?.(values)}
    >
      <Fields source={source} />
      <div className="sd-stack">
        <TestReport running={test.isPending} result={test.data} error={test.error} onUse={use} />
        {save.error ? <ErrorState error={save.error} /> : null}
        <div className="sd-actions sd-actions-end">
          {props.extra}
          <Button
            loading={test.isPending}
            onClick={() => test.mutate({ source, [source]: filledOf(form.getFieldsValue()) })}
          >
            {t('common.action.test')}
          </Button>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {props.verb}
          </Button>
        </div>
      </div>
    </Form>
  )
}

function Fields({ source }: { source: 'imr' | 'campus' }) {
  const { t } = useTranslation()
  return (
    <>
      <Form.Item
        name="baseUrl"
        label={t('settings.imr.baseUrl')}
        extra={t(source === 'imr' ? 'settings.imr.baseUrlHint' : 'settings.campus.baseUrlHint')}
      >
        <Input inputMode="url" autoComplete="off" autoFocus />
      </Form.Item>
      <div className="sd-pair">
        <Form.Item name="account" label={t('settings.imr.account')}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="password" label={t('settings.imr.password')}>
          <Input.Password autoComplete="new-password" visibilityToggle={false} />
        </Form.Item>
      </div>
    </>
  )
}

/** Only what was filled in; what is missing the core takes from the settings. */
function filledOf(values: Values): Imr {
  const filled = Object.entries(values).filter(
    ([, value]) => typeof value === 'string' && value.trim() !== '',
  )
  return Object.fromEntries(filled)
}

const changesOf = (source: string, values: Values) =>
  Object.fromEntries(
    Object.entries(filledOf(values)).map(([key, value]) => [`upstreams.${source}.${key}`, value]),
  )
