import type { CoreContext } from '../context.ts'

const OPERATOR = 'demo'
const NOTE = '入住登记表'

/** Who lives where, as the demo's office would have entered it; nothing where somebody has linked anything. */
export async function linkWater({ options, ports, store: { site } }: CoreContext): Promise<void> {
  const links = options.demoSite?.waterLinks ?? []
  const any = site.statement('SELECT 1 FROM water_link LIMIT 1')
  const insert = site.statement(
    `INSERT INTO water_link (id, room_id, device_code, user_code, how, note, operator, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  await site.write(() => {
    if (any.get()) return
    const at = ports.clock.now()
    for (const { roomId, deviceCode, userCode, how } of links) {
      const note = how === 'import' ? NOTE : ''
      insert.run(ports.random.uuid(), roomId, deviceCode, userCode, how, note, OPERATOR, at)
    }
  })
}
