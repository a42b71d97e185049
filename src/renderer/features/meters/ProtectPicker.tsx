import { Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/queries.ts'
import { ProtectSheet } from './CommandButtons.tsx'

const SHOWN = 20

/** Which meter first, why then. */
export function ProtectPicker({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<{ id: string; tableNo: string } | null>(null)
  const found = useRead('meters.list', { source: 'imr', query, limit: SHOWN }, { enabled: query !== '' })
  const rows = found.data?.rows ?? []
  if (chosen) return <ProtectSheet meter={chosen} protect onClose={onClose} />
  return (
    <Modal open title={t('meterData.protect.add')} footer={null} onCancel={onClose}>
      <div className="sd-field">
        <label htmlFor={id}>{t('meterData.protect.which')}</label>
        <Select
          id={id}
          autoFocus
          placeholder={t('meterData.protect.whichHint')}
          value={null}
          showSearch={{ filterOption: false, onSearch: setQuery }}
          loading={found.isFetching}
          options={rows.map((row) => ({
            value: row.id,
            label: [row.tableNo, row.place, row.house, row.user].filter(Boolean).join(' · '),
          }))}
          onChange={(next: string | null) => setChosen(rows.find((row) => row.id === next) ?? null)}
        />
      </div>
    </Modal>
  )
}
