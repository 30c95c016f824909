/** The page's data as `redan view` packs it: base64 of zlib of JSON. Times are milliseconds since the start. */

export interface Thing {
  kind: string
  name: string
  standing: string
  type_name?: string
  group?: string
  parent?: number
  target?: number
  place?: [number, number, number]
  range_m?: number
  reach_m?: number
  way: [number[], number[], number[], number[]]
  left_ms?: number
}

export interface Act {
  at_ms: number
  thing: number
  what: string
  note: string
  other?: number
}

export interface Engagement {
  number: number
  unit: string
  interceptor: string
  target: number | null
  from: [number, number, number] | null
  ordered_ms: number
  ended_ms: number | null
  rounds_ordered: number
  rounds_launched: number
  end: string | null
}

export interface Reach {
  unit: string
  interceptor: string
  centre: [number, number]
  range_m: number
}

export interface View {
  name: string
  things: Thing[]
  acts: Act[]
  engagements: Engagement[]
  reaches: Reach[]
}

export interface Recording {
  schema_version: number
  title: string
  question: string
  variant: string
  seed: number
  replication: number
  start_utc: string
  until_ms: number
  views: View[]
  stories: { aircraft: string; text: string }[]
}

export interface GroundMap {
  south_deg: number
  west_deg: number
  north_deg: number
  east_deg: number
  rows: number
  columns: number
  heights_m: number[]
  land: [number, number][][]
  coasts: [number, number][][]
  borders: [number, number][][]
}

export interface Page {
  recording: Recording
  map: GroundMap
}

/** Steps of a place in a degree. */
export const STEPS_PER_DEG = 1e5

const SCHEMA_VERSION = 1

/** Unpacks the data of the page. */
export async function unpack(letters: string): Promise<Page> {
  const text = letters.trim()
  if (text === '' || text.startsWith('REDAN')) {
    throw new Error('This page holds no recording. Make one with: redan view RECORDING')
  }
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))
  const page = JSON.parse(await new Response(stream).text()) as Page
  if (page.recording.schema_version !== SCHEMA_VERSION) {
    throw new Error(`This page reads recordings of form ${SCHEMA_VERSION}, not ${page.recording.schema_version}.`)
  }
  return page
}

/** Values from their differences. */
export function sums(differences: readonly number[]): Float64Array {
  const values = new Float64Array(differences.length)
  let sum = 0
  differences.forEach((difference, index) => {
    sum += difference
    values[index] = sum
  })
  return values
}
