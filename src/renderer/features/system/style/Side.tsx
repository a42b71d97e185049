import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { AntdFrame } from '../../../app/mode.tsx'
import { applyTheme, type Mode } from '../../../app/theme.ts'
import { Colors, Controls, Type } from './basics.tsx'
import { DeskSample, DetailSample, ListSample } from './samples.tsx'
import { StateSamples } from './state-samples.tsx'

/** Everything in one theme, whatever theme the console is in. */
export function Side({ mode }: { mode: Mode }) {
  const { t } = useTranslation()
  const box = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (box.current) applyTheme(mode, box.current)
  }, [mode])
  return (
    <section ref={box} className="sd-side" aria-label={t(`shell.themeChoice.${mode}`)}>
      <AntdFrame mode={mode}>
        <h2>{t(`shell.themeChoice.${mode}`)}</h2>
        <Colors />
        <Type />
        <Controls />
        <StateSamples />
        <ListSample />
        <DetailSample />
        <DeskSample />
      </AntdFrame>
    </section>
  )
}
