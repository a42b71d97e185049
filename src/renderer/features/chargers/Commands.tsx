import { Button, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { COMMANDS, PORTS, type Command } from '#shared/chargers.ts'
import { useRead } from '../../api/queries.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { Code } from '../../ui/figures.tsx'
import { WithReason } from '../../ui/states.tsx'
import { useMostMinutes } from './StartDialog.tsx'
import type { ChargerDoing, Wish } from './use-charger.ts'

/** Changes nothing, so that it may be sent before a person knows which charger it is. */
export const isQuery = (command: string) => ['QTIME', 'STA', 'LEDBLINK', 'BLINK'].includes(command)
const takesPort = (command: Command) => command === 'POWERON' || command === 'POWEROFF'

/** All seven commands: what each does, what it needs, and the frame it would be. */
export function Commands({ doing, locked }: { doing: ChargerDoing; locked: string | null }) {
  const { t } = useTranslation()
  const [command, setCommand] = useState<Command>('STA')
  const [port, setPort] = useState(1)
  const [minutes, setMinutes] = useState<number | null>(1)
  const wish: Wish = {
    command,
    ...(takesPort(command) ? { port } : {}),
    ...(command === 'POWERON' ? { minutes: minutes ?? 0 } : {}),
  }
  const mayNot = useWhyNot('chargers.command')
  const why =
    mayNot ?? (isQuery(command) ? null : locked) ?? (doing.busy ? t('chargers.ports.working') : null)
  const incomplete = command === 'POWERON' && minutes === null
  return (
    <div className="ch-commands">
      <Radio.Group
        className="ch-choice"
        aria-label={t('chargers.command.choose')}
        value={command}
        onChange={(event) => setCommand(event.target.value as Command)}
        options={COMMANDS.map((one) => ({
          value: one,
          label: (
            <>
              {t(`chargers.command.name.${one}`)} <span className="ch-wire">{one}</span>
            </>
          ),
        }))}
      />
      <form
        className="sd-stack ch-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (why === null && !incomplete) void doing.command(wish)
        }}
      >
        <p>{t(`chargers.command.what.${command}`)}</p>
        <div className="sd-actions">
          {takesPort(command) ? <PortChoice value={port} onChange={setPort} /> : null}
          {command === 'POWERON' ? <MinutesField value={minutes} onChange={setMinutes} /> : null}
          <WithReason reason={why}>
            <Button
              type="primary"
              htmlType="submit"
              disabled={why !== null || incomplete}
              loading={doing.busy?.asked === command}
            >
              {t('chargers.command.send')}
            </Button>
          </WithReason>
        </div>
        {incomplete ? null : <Preview name={doing.name} wish={wish} />}
      </form>
    </div>
  )
}

export function PortChoice({ value, onChange }: { value: number; onChange: (port: number) => void }) {
  const { t } = useTranslation()
  return (
    <Radio.Group
      aria-label={t('chargers.command.port')}
      optionType="button"
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
      options={PORTS.map((port) => ({ value: port, label: t('chargers.ports.port', { port }) }))}
    />
  )
}

export function MinutesField(props: { value: number | null; onChange: (minutes: number | null) => void }) {
  const { t } = useTranslation()
  const most = useMostMinutes()
  return (
    <label className="sd-filter-day">
      <span>{t('chargers.command.minutes')}</span>
      <InputNumber
        min={1}
        max={most}
        precision={0}
        value={props.value}
        onChange={props.onChange}
        title={t('chargers.ports.minutesRange', { most })}
        style={{ width: 80 }}
      />
    </label>
  )
}

/** the shown timestamp is at most this old, ms */
const PREVIEW_EVERY_MS = 5000

function Preview({ name, wish }: { name: string; wish: Wish }) {
  const { t } = useTranslation()
  const preview = useRead('chargers.preview', { name, ...wish }, { everyMs: PREVIEW_EVERY_MS }).data
  if (!preview) return null
  return (
    <dl className="sd-facts ch-preview">
      <div>
        <dt>{t('chargers.command.preview')}</dt>
        <dd>
          <Code>{preview.frame}</Code>{' '}
          <span className="sd-quiet">{t('chargers.command.bytes', { n: preview.bytes })}</span>
        </dd>
      </div>
      <div>
        <dt>{t('chargers.command.signed')}</dt>
        <dd>
          {preview.signed === null ? (
            <span className="sd-quiet">{t('chargers.command.unsigned')}</span>
          ) : (
            <>
              <Code>{preview.signed}</Code> <span className="sd-quiet">{t('chargers.command.fresh')}</span>
            </>
          )}
        </dd>
      </div>
    </dl>
  )
}
