import { App, Checkbox, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Role } from '#shared/contract/define.ts'
import { useWrite } from '../../api/queries.ts'
import { useSite } from '../../app/site.tsx'
import { ErrorState } from '../../ui/states.tsx'
import type { OperatorRow } from './OperatorList.tsx'
import { PinFields } from './PinFields.tsx'

/** Every role of the contract; the type refuses a list that misses one. */
const ROLES: Record<Role, true> = {
  admin: true,
  supervisor: true,
  cashier: true,
  installer: true,
  meters: true,
  attendance: true,
  viewer: true,
}

interface Values {
  name: string
  roles: Role[]
  phone: string
  pin?: string
  again?: string
  disabled?: boolean
  temporary?: boolean
}

/** Adds an operator, or changes `row`; a PIN left empty stays. */
export function OperatorForm({ row, onClose }: { row: OperatorRow | null; onClose: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const me = useSite().hello.operator
  const done = (name: string, text: 'operators.created' | 'operators.changed') => {
    void message.info(t(text, { name }))
    onClose()
  }
  const create = useWrite('operators.create', { onSuccess: (made) => done(made.name, 'operators.created') })
  const update = useWrite('operators.update', { onSuccess: (made) => done(made.name, 'operators.changed') })
  const error = create.error ?? update.error
  const submit = ({ name, roles, phone, pin, disabled, temporary = false }: Values) => {
    if (row)
      update.mutate({
        id: row.id,
        name,
        roles,
        phone,
        ...(pin ? { pin, temporary } : {}),
        disabled: disabled ?? false,
      })
    else create.mutate({ name, roles, phone, pin: pin ?? '' })
  }
  return (
    <Modal
      open
      title={t(row ? 'operators.editTitle' : 'operators.createTitle')}
      okText={t('common.action.save')}
      confirmLoading={create.isPending || update.isPending}
      onOk={form.submit}
      onCancel={onClose}
      width={520}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={row ? { ...row, temporary: row.id !== me?.id } : { name: '', roles: [], phone: '' }}
        onFinish={submit}
      >
        <Fields isNew={row === null} />
      </Form>
      {error ? <ErrorState error={error} /> : null}
    </Modal>
  )
}

function Fields({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation()
  const roles = (Object.keys(ROLES) as Role[]).map((value) => ({ value, label: t(`common.role.${value}`) }))
  return (
    <>
      <Form.Item
        name="name"
        label={t('operators.name')}
        rules={[{ required: true, whitespace: true, message: t('operators.nameNeeded') }]}
      >
        <Input autoFocus maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="roles"
        label={t('operators.roles')}
        extra={t('operators.rolesHint')}
        rules={[{ required: true, message: t('operators.rolesNeeded') }]}
      >
        <Checkbox.Group options={roles} />
      </Form.Item>
      <Form.Item
        name="phone"
        label={t('operators.phone')}
        extra={t('operators.phoneHint')}
        rules={[{ pattern: /^1\d{10}$/, message: t('operators.phoneHint') }]}
      >
        <Input inputMode="tel" autoComplete="off" />
      </Form.Item>
      <PinFields label={t(isNew ? 'operators.pin' : 'operators.pinNew')} required={isNew} />
      {isNew ? null : (
        <Form.Item name="temporary" valuePropName="checked">
          <Checkbox>{t('operators.ownPin.temporary')}</Checkbox>
        </Form.Item>
      )}
      {isNew ? null : (
        <Form.Item name="disabled" valuePropName="checked">
          <Checkbox>{t('operators.mayNot')}</Checkbox>
        </Form.Item>
      )}
    </>
  )
}
