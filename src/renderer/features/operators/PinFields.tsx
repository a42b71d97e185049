import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { pinAgainRules, pinRules } from './rules.ts'

/** A new PIN, typed twice: the fields `pin` and `again` of a form. */
export function PinFields(props: { readonly label: string; readonly required?: boolean }) {
  const { t } = useTranslation()
  return (
    <div className="sd-pair">
      <Form.Item name="pin" label={props.label} rules={pinRules(t, props.required)}>
        <Input.Password
          placeholder={t('operators.pinHint')}
          inputMode="numeric"
          autoComplete="new-password"
          visibilityToggle={false}
        />
      </Form.Item>
      <Form.Item name="again" label={t('operators.pinAgain')} dependencies={['pin']} rules={pinAgainRules(t)}>
        <Input.Password inputMode="numeric" autoComplete="new-password" visibilityToggle={false} />
      </Form.Item>
    </div>
  )
}
