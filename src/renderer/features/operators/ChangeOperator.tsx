import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSite } from '../../app/site.tsx'
import { SignInForm } from './SignInForm.tsx'

/** Fast change at the counter: the next person signs in over the page of the one before. */
export function ChangeOperator({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const { hello } = useSite()
  const others = hello.names.filter((name) => name !== hello.operator?.name)
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      width={400}
      title={t('operators.signIn.changeTitle')}
      destroyOnHidden
    >
      <SignInForm
        names={hello.names}
        name={others.length === 1 ? (others[0] ?? '') : ''}
        verb={t('operators.signIn.submit')}
        onDone={onClose}
      />
    </Modal>
  )
}
