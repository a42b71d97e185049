import { SearchOutlined } from '@ant-design/icons'
import { Button, Input, Select, TreeSelect, type InputRef } from 'antd'
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { parseYuan } from '#shared/money.ts'
import { usePageKey } from '../app/keys.tsx'
import { DayField } from './DayField.tsx'
import { textWidth } from './text-width.ts'
import type { Filter, FilterNode, FilterOption, FilterState } from './filters.ts'

/** Typing asks after this pause, ms. */
const TYPING_MS = 250

/** A label is read whole: beside it stand an arrow, or a glass and a cross. px */
const fitting = (label: string, width: number, beside: number) =>
  Math.max(width, textWidth(label, 14) + beside)
const BESIDE_SELECT = 48
const BESIDE_SEARCH = 66
const BESIDE_TEXT = 44

/** The filters of a list; what they hold stands in the URL. Children stand at the right end. */
export function FilterBar(props: { filters: readonly Filter[]; state: FilterState; children?: ReactNode }) {
  const { t } = useTranslation()
  const { state } = props
  return (
    <div className="sd-filters" role="search">
      {inGroups(props.filters).map((group) => (
        <Group key={group[0]?.key} group={group} state={state} />
      ))}
      {state.active ? (
        <Button type="link" onClick={state.clear}>
          {t('common.action.clearFilters')}
        </Button>
      ) : null}
      <span className="sd-filters-end">{props.children}</span>
    </div>
  )
}

/** The first and the last day stay on one line. */
const inGroups = (filters: readonly Filter[]): Filter[][] =>
  filters.reduce<Filter[][]>((groups, filter) => {
    const before = groups.at(-1)
    if (filter.kind === 'day' && before?.[0]?.kind === 'day') before.push(filter)
    else groups.push([filter])
    return groups
  }, [])

function Group({ group, state }: { group: readonly Filter[]; state: FilterState }) {
  const fields = group.map((filter) => <Field key={filter.key} filter={filter} state={state} />)
  return fields.length > 1 ? <span className="sd-filter-day">{fields}</span> : fields
}

function Field({ filter, state }: { filter: Filter; state: FilterState }) {
  const value = state.values[filter.key]
  const set = (next: string) => state.set({ [filter.key]: next })
  if (filter.kind === 'search')
    return (
      <SearchField
        label={filter.label}
        width={fitting(filter.label, filter.width ?? 260, BESIDE_SEARCH)}
        value={value ?? ''}
        onChange={set}
      />
    )
  if (filter.kind === 'text')
    return (
      <TextField
        label={filter.label}
        width={fitting(filter.label, filter.width ?? 160, BESIDE_TEXT)}
        value={value ?? ''}
        onChange={set}
      />
    )
  if (filter.kind === 'money')
    return (
      <MoneyField
        label={filter.label}
        placeholder={filter.placeholder ?? ''}
        value={value ?? ''}
        onChange={set}
      />
    )
  if (filter.kind === 'day')
    return (
      <span className="sd-filter-day">
        <span aria-hidden>{filter.label}</span>
        <DayField
          label={filter.label}
          value={value ?? ''}
          onChange={set}
          clearable
          {...(filter.standard === undefined ? {} : { standard: filter.standard })}
        />
      </span>
    )
  if (filter.kind === 'tree')
    return (
      <TreeSelect
        aria-label={filter.label}
        placeholder={filter.label}
        value={value ?? null}
        allowClear
        showSearch={{ treeNodeFilterProp: 'label' }}
        treeDefaultExpandAll
        treeData={treeOf(filter.nodes)}
        onChange={(next: string | null | undefined) => set(next ?? '')}
        style={{ width: fitting(filter.label, 200, BESIDE_SELECT) }}
        popupMatchSelectWidth={false}
      />
    )
  return <SelectField filter={filter} value={value ?? null} onChange={set} />
}

function SelectField(props: {
  filter: Extract<Filter, { kind: 'select' }>
  value: string | null
  onChange: (next: string) => void
}) {
  const { filter } = props
  const { t } = useTranslation()
  const { label, standard } = filter
  const placeholder = standard === undefined ? label : t('common.standardFilter', { label, standard })
  return (
    <Select
      aria-label={filter.label}
      placeholder={placeholder}
      value={props.value}
      allowClear
      showSearch={filter.typed === true && { optionFilterProp: 'label' }}
      options={filter.options.map((o) => ({ ...o }))}
      onChange={(next: string | null | undefined) => props.onChange(next ?? '')}
      style={{ width: fitting(placeholder, filter.width ?? 130, BESIDE_SELECT) }}
      popupMatchSelectWidth={false}
    />
  )
}

interface TreeNode extends FilterOption {
  readonly children: TreeNode[]
}

const treeOf = (nodes: readonly FilterNode[]): TreeNode[] =>
  nodes.map((node) => ({ ...node, children: treeOf(node.children) }))

interface TextFieldProps {
  label: string
  width: number
  value: string
  onChange: (next: string) => void
  input?: RefObject<InputRef | null>
  prefix?: ReactNode
}

/** The list's own search box: `/` jumps to it. */
function SearchField(props: TextFieldProps) {
  const input = useRef<InputRef>(null)
  usePageKey('/', 'common.key.filter', () => input.current?.focus({ cursor: 'all' }))
  return <TextField {...props} input={input} prefix={<SearchOutlined />} />
}

function TextField(props: TextFieldProps) {
  const { value, onChange } = props
  const [text, setText] = useState(value)
  const [seen, setSeen] = useState(value)
  // the URL changed by itself (back, clear): follow it
  if (seen !== value) {
    setSeen(value)
    setText(value)
  }
  useEffect(() => {
    if (text === value) return undefined
    const timer = setTimeout(() => onChange(text.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  return (
    <Input
      ref={props.input ?? null}
      aria-label={props.label}
      placeholder={props.label}
      prefix={props.prefix}
      allowClear
      value={text}
      onChange={(e) => setText(e.target.value)}
      onPressEnter={() => onChange(text.trim())}
      style={{ width: props.width }}
    />
  )
}

/** Text that is no amount stays in the box and out of the URL. */
function MoneyField(props: {
  label: string
  placeholder: string
  value: string
  onChange: (next: string) => void
}) {
  const { value, onChange } = props
  const [text, setText] = useState(value)
  const [seen, setSeen] = useState(value)
  if (seen !== value) {
    setSeen(value)
    setText(value)
  }
  const plain = text.trim()
  const good = plain === '' || parseYuan(plain)?.exact === true
  useEffect(() => {
    if (plain === value || !good) return undefined
    const timer = setTimeout(() => onChange(plain), TYPING_MS)
    return () => clearTimeout(timer)
  }, [plain, good, value, onChange])
  return (
    <label className="sd-filter-day">
      <span>{props.label}</span>
      <Input
        inputMode="decimal"
        prefix="¥"
        placeholder={props.placeholder}
        value={text}
        status={good ? '' : 'error'}
        aria-invalid={!good}
        onChange={(e) => setText(e.target.value)}
        style={{ width: 110 }}
      />
    </label>
  )
}
