import { useCodeText } from '../../app/i18n/dynamic.ts'
import { Time } from '../../ui/figures.tsx'
import { useFactText } from './fact-text.ts'
import { Who, type AttendanceFact } from './FactTable.tsx'

/** Everything that happened to one shift, oldest first, in a narrow column. */
export function Thread({ facts }: { facts: readonly AttendanceFact[] }) {
  const code = useCodeText()
  const detail = useFactText()
  return (
    <ol className="att-thread">
      {facts.map((fact) => (
        <li key={fact.id}>
          <span className="att-thread-head">
            <strong>{code('attendance.fact', fact.kind)}</strong>
            <Time at={fact.at} />
          </span>
          <Who fact={fact} />
          <span>{detail(fact)}</span>
        </li>
      ))}
    </ol>
  )
}
