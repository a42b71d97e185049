import { Button, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts, type Fact } from '../../ui/figures.tsx'
import { Refused } from './Refused.tsx'

export interface SheetProps {
  /** null: closed */
  readonly title: string | null
  readonly facts?: readonly Fact[]
  /** what follows from it */
  readonly text?: ReactNode
  readonly children?: ReactNode
  readonly action: string
  readonly danger?: boolean
  readonly busy: boolean
  /** cannot be sure yet: why */
  readonly blocked?: boolean
  readonly error: unknown
  readonly onSure: () => void
  readonly onClose: () => void
}

/** One decision, whole: who, what, what follows; Enter is sure, Esc goes back. */
export function Sheet(props: SheetProps) {
  return (
    <Modal
      open={props.title !== null}
      title={props.title}
      footer={null}
      width={520}
      onCancel={props.onClose}
      destroyOnHidden
    >
      {props.title === null ? null : <Body {...props} />}
    </Modal>
  )
}

function Body(props: SheetProps) {
  const { t } = useTranslation()
  return (
    <form
      className="sd-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!props.busy && props.blocked !== true) props.onSure()
      }}
    >
      {props.facts ? <Facts facts={props.facts} /> : null}
      {props.children}
      {props.text ? <p>{props.text}</p> : null}
      <Refused error={props.error} />
      <div className="sd-actions sd-actions-end">
        <Button onClick={props.onClose}>{t('common.action.cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          danger={props.danger ?? false}
          loading={props.busy}
          disabled={props.blocked ?? false}
          autoFocus={props.children === undefined}
        >
          {props.action}
        </Button>
      </div>
    </form>
  )
}
