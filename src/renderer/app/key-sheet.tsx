import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useKeyText } from './i18n/dynamic.ts'
import { usePageKeys, type PageKey } from './keys.tsx'

export const EVERYWHERE: readonly PageKey[] = [
  { key: 'Ctrl K', label: 'common.key.search' },
  { key: 'Ctrl L', label: 'common.key.lock' },
  { key: 'F6', label: 'common.key.change' },
  { key: 'F1', label: 'common.key.help' },
  { key: '?', label: 'common.key.explain' },
  { key: 'Esc', label: 'common.key.back' },
]

/** F1: all keys of the page and of the frame. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const page = usePageKeys()
  return (
    <Modal open title={t('common.key.title')} footer={null} onCancel={onClose} width={460}>
      {page.length > 0 ? <KeyList title={t('common.key.here')} keys={page} /> : null}
      <KeyList title={t('common.key.everywhere')} keys={EVERYWHERE} />
    </Modal>
  )
}

function KeyList({ title, keys }: { title: string; keys: readonly PageKey[] }) {
  const text = useKeyText()
  return (
    <section className="sd-keys">
      <h2>{title}</h2>
      <dl>
        {keys.map(({ key, label }) => (
          <div key={key + label}>
            <dt>
              {key.split(' ').map((part) => (
                <kbd key={part}>{part}</kbd>
              ))}
            </dt>
            <dd>{text(label)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
