/** A recording made ready to be asked where everything was at any moment. */

import { type Act, type Engagement, type Page, type Reach, type Recording, STEPS_PER_DEG, type Thing, type View, sums } from './decode'
import { Frame, Relief, course } from './geo'

export type Affiliation = 'hostile' | 'friend' | 'neutral' | 'unknown'

export const AFFILIATIONS: readonly Affiliation[] = ['hostile', 'friend', 'neutral', 'unknown']

/** The frame of symbol that a standing has. */
export function affiliation(standing: string): Affiliation {
  if (standing === 'hostile' || standing === 'suspect') return 'hostile'
  if (standing.includes('friend')) return 'friend'
  return standing === 'neutral' ? 'neutral' : 'unknown'
}

export interface Place {
  latDeg: number
  lonDeg: number
  heightM: number
}

/** Where something is, and how it moves. */
export interface Fix extends Place {
  speedMS: number | null
  courseDeg: number | null
}

const FIXED = new Set(['asset', 'radar', 'unit', 'launcher'])
const STANDINGS = new Set(['pending', 'unknown', 'assumed-friend', 'friend', 'neutral', 'suspect', 'hostile'])

/** One thing of a view with its way. */
export class Entity {
  readonly isFixed: boolean
  readonly t: Float64Array
  readonly lat: Float64Array
  readonly lon: Float64Array
  readonly height: Float64Array
  readonly standings: { at_ms: number; standing: string }[]
  /** Last time at which it is there. */
  readonly until: number

  constructor(
    readonly id: number,
    readonly thing: Thing,
    acts: readonly Act[],
  ) {
    this.isFixed = FIXED.has(thing.kind)
    const [t, lat, lon, height] = thing.way
    this.t = sums(t)
    this.lat = sums(lat).map((steps) => steps / STEPS_PER_DEG)
    this.lon = sums(lon).map((steps) => steps / STEPS_PER_DEG)
    this.height = sums(height)
    this.standings = acts.filter((act) => STANDINGS.has(act.what)).map((act) => ({ at_ms: act.at_ms, standing: act.what }))
    this.until = thing.left_ms ?? (thing.place ? Infinity : (this.t[this.t.length - 1] ?? -Infinity) + 30_000)
  }

  get from(): number {
    return this.thing.place ? 0 : (this.t[0] ?? Infinity)
  }

  isThere(at: number): boolean {
    return at >= this.from && at <= this.until
  }

  standing(at: number): string {
    let standing = this.thing.standing
    for (const step of this.standings) if (step.at_ms <= at) standing = step.standing
    return standing
  }

  affiliation(at: number): Affiliation {
    return affiliation(this.standing(at))
  }

  /** Index of the last place that is not later than a time. */
  index(at: number): number {
    let [low, high] = [0, this.t.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.t[middle]! <= at) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** Where it is at a time; `null` where it is not there. Between two places it flies straight. */
  place(at: number): Place | null {
    const { place } = this.thing
    if (place) return { latDeg: place[0] / STEPS_PER_DEG, lonDeg: place[1] / STEPS_PER_DEG, heightM: place[2] }
    if (!this.isThere(at)) return null
    const here = Math.max(0, this.index(at))
    const next = Math.min(here + 1, this.t.length - 1)
    const lasts = this.t[next]! - this.t[here]!
    const share = lasts > 0 ? Math.min(1, Math.max(0, (at - this.t[here]!) / lasts)) : 0
    const between = (values: Float64Array) => values[here]! + (values[next]! - values[here]!) * share
    return { latDeg: between(this.lat), lonDeg: between(this.lon), heightM: between(this.height) }
  }

  /** Its place with speed and course, which take longer to find. */
  fix(at: number): Fix | null {
    const place = this.place(at)
    if (!place || this.thing.place) return place && { ...place, speedMS: null, courseDeg: null }
    const here = Math.max(0, this.index(at))
    const next = Math.min(here + 1, this.t.length - 1)
    const [a, b] = next > here ? [here, next] : [Math.max(0, here - 1), here]
    const leg = course([this.lat[a]!, this.lon[a]!], [this.lat[b]!, this.lon[b]!])
    const took = (this.t[b]! - this.t[a]!) / 1000
    const climb = this.height[b]! - this.height[a]!
    return {
      ...place,
      speedMS: took > 0 ? Math.hypot(leg.metres, climb) / took : null,
      courseDeg: took > 0 && leg.metres > 1 ? leg.deg : null,
    }
  }
}

/** What happened at one moment, for lists and marks. */
export interface Happening {
  at_ms: number
  thing: number
  what: string
  text: string
  other?: number
}

/** One view of the battle. */
export class Scene {
  readonly entities: Entity[]
  readonly happenings: Happening[]
  readonly label: string

  constructor(readonly view: View) {
    const acts = new Map<number, Act[]>()
    for (const act of view.acts) {
      const own = acts.get(act.thing)
      if (own) own.push(act)
      else acts.set(act.thing, [act])
    }
    this.entities = view.things.map((thing, id) => new Entity(id, thing, acts.get(id) ?? []))
    this.label = view.name === 'truth' ? 'What really happened' : `What ${view.name.replace('network:', '')} believed`
    this.happenings = view.acts.map((act) => happening(act, view)).filter((each): each is Happening => each !== null)
  }

  get engagements(): readonly Engagement[] {
    return this.view.engagements
  }

  get reaches(): readonly Reach[] {
    return this.view.reaches
  }
}

function happening(act: Act, view: View): Happening | null {
  const name = view.things[act.thing]?.name ?? ''
  if (act.what === 'gone' && act.note === '') return null
  const text = act.note === '' ? `${name}: ${act.what}` : `${name}: ${act.note}`
  return { at_ms: act.at_ms, thing: act.thing, what: act.what, text, ...(act.other === undefined ? {} : { other: act.other }) }
}

/** The marks that matter most: they are larger, and next and previous stop at them. */
export function weight(what: string): 'kill' | 'leak' | 'miss' | 'launch' | 'minor' {
  if (what === 'kill' || what === 'destroyed') return 'kill'
  if (what === 'leaks') return 'leak'
  if (what === 'miss') return 'miss'
  return what === 'locks' ? 'launch' : 'minor'
}

/** The whole recording. */
export class Battle {
  readonly recording: Recording
  readonly frame: Frame
  readonly relief: Relief
  readonly scenes: Scene[]
  readonly startMs: number
  private readonly stories: Map<string, string>

  constructor(readonly page: Page) {
    this.recording = page.recording
    this.frame = new Frame(page.map)
    this.relief = new Relief(page.map)
    this.scenes = page.recording.views.map((view) => new Scene(view))
    this.startMs = Date.parse(page.recording.start_utc)
    this.stories = new Map(page.recording.stories.map((story) => [story.aircraft, story.text]))
  }

  get until(): number {
    return this.recording.until_ms
  }

  /** What the recording explains of an aircraft by name. */
  story(name: string): string | null {
    return this.stories.get(name) ?? null
  }

  /** Time since the start, as `redan trace` has it. */
  elapsed(at: number): string {
    const seconds = Math.round(at / 1000)
    return `${Math.floor(seconds / 60).toString().padStart(2, '0')}:${(seconds % 60).toString().padStart(2, '0')}`
  }

  /** Clock time in UTC. */
  clock(at: number): string {
    return new Date(this.startMs + at).toISOString().slice(11, 19) + 'Z'
  }
}
