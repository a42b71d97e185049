import { BarcodeOutlined } from '@ant-design/icons'
import { Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePageKey } from '../../app/keys.tsx'

interface SearchBoxProps {
  readonly value: string
  readonly onChange: (text: string) => void
  /** Enter: a whole name or code goes to its charger */
  readonly onEnter: (text: string) => void
}

/** Filters the list as somebody types; a scanner's Enter is caught before it comes here. */
export function SearchBox({ value, onChange, onEnter }: SearchBoxProps) {
  const { t } = useTranslation()
  const input = useRef<InputRef>(null)
  const [text, setText] = useState(value)
  const [seen, setSeen] = useState(value)
  usePageKey('/', 'common.key.filter', () => input.current?.focus({ cursor: 'all' }))
  if (seen !== value) {
    setSeen(value)
    setText(value)
  }
  useEffect(() => {
    if (text.trim() === value) return undefined
    const timer = setTimeout(() => onChange(text.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  return (
    <Input
      ref={input}
      autoFocus
      data-scan=""
      aria-label={t('chargers.scan.search')}
      placeholder={t('chargers.scan.search')}
      prefix={<BarcodeOutlined />}
      allowClear
      value={text}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={() => onEnter(text)}
      style={{ width: 300 }}
    />
  )
}
const TYPING_MS = 150
