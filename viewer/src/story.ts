/** The explanation of an aircraft, as `redan trace` words it, in parts and lines. */

export interface StoryLine {
  /** Time as the explanation has it, and in milliseconds; `null` where the line has none. */
  time: string
  at_ms: number | null
  text: string
}

export interface StoryPart {
  title: string
  lines: StoryLine[]
}

const TIMED = /^\s+((?:\d+:)?\d{1,3}:\d{2})(?:[–-]((?:\d+:)?\d{1,3}:\d{2}))?\s+(?:#\d+\s+)?(.*)$/

/** Splits an explanation: what is not indented is a title, what is belongs to the one before. */
export function parts(story: string): StoryPart[] {
  const all: StoryPart[] = []
  for (const row of story.split('\n')) {
    if (row.trim() === '') continue
    const part = all[all.length - 1]
    if (!row.startsWith(' ') || !part) {
      all.push({ title: row.trim(), lines: [] })
      continue
    }
    const found = TIMED.exec(row)
    if (found) part.lines.push({ time: found[2] ? `${found[1]}–${found[2]}` : found[1]!, at_ms: milliseconds(found[1]!), text: found[3]! })
    else part.lines.push({ time: '', at_ms: null, text: row.trim() })
  }
  return all.length > 1 ? joined(all) : all
}

/** The verdict is the title of the first part that follows it. */
function joined(all: StoryPart[]): StoryPart[] {
  const [verdict, second, ...rest] = all
  if (!verdict || !second || verdict.lines.length > 0) return all
  return [{ title: verdict.title, lines: second.lines }, ...rest]
}

/** Milliseconds of `m:ss` or `h:mm:ss` since the start. */
export function milliseconds(time: string): number {
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000
}
