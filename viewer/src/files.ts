/** What the page saves. */

import type { Player } from './player.svelte'

export function download(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** Everything that is there at the moment, a row each. */
export function tableOf(player: Player): string {
  const rows = [['time_utc', 'view', 'name', 'kind', 'standing', 'latitude_deg', 'longitude_deg', 'height_m', 'speed_m_s', 'course_deg']]
  const clock = new Date(player.battle.startMs + player.now).toISOString()
  for (const entity of player.scene.entities) {
    const fix = entity.isThere(player.now) ? entity.fix(player.now) : null
    if (!fix) continue
    rows.push([
      clock, player.scene.view.name, entity.thing.name, entity.thing.kind, entity.standing(player.now),
      fix.latDeg.toFixed(5), fix.lonDeg.toFixed(5), fix.heightM.toFixed(0), fix.speedMS?.toFixed(1) ?? '', fix.courseDeg?.toFixed(1) ?? '',
    ])
  }
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}

/** A cell; what a spreadsheet would take for a formula is made text. */
export function cell(text: string): string {
  const safe = /^[=+@\t\r]/.test(text) || (text.startsWith('-') && !Number.isFinite(Number(text))) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
