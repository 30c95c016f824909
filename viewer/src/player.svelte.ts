/** What the user sees and does: the clock, the view, the selection. One object, which all panels share. */

import { type Affiliation, type Battle, type Entity, type Happening, type Scene, weight } from './battle'

export type Units = 'metric' | 'aviation'
export type Camera = 'free' | 'follow' | 'overhead'
export type Drawer = 'none' | 'lanes' | 'chart'

export const SPEEDS = [-20, -5, -1, 1, 2, 5, 10, 20, 60, 120] as const

export interface Bookmark {
  at: number
  view: number
  selected: number | null
  text: string
}

/** How often lists are made again while the clock runs, milliseconds: nobody reads faster. */
const PULSE_MS = 250

/** A whole number with its thousands apart. */
export function grouped(value: number): string {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ',')
}

export class Player {
  now = $state(0)
  /** The clock for lists: the same, but while it runs only now and then. */
  pulse = $state(0)
  private sincePulseMs = 0
  playing = $state(false)
  speed = $state<number>(20)
  viewIndex = $state(0)
  selected = $state<number | null>(null)
  query = $state('')
  shown = $state<Record<Affiliation, boolean>>({ hostile: true, friend: true, neutral: true, unknown: true })
  layers = $state({ trails: true, labels: true, stalks: true, claims: true, ranges: false, borders: true })
  trailMin = $state(8)
  units = $state<Units>('metric')
  factor = $state(5)
  camera = $state<Camera>('free')
  drawer = $state<Drawer>('none')
  theme = $state<'dark' | 'light'>('dark')
  /** Counts what must be drawn again although nothing else changed. */
  redraw = $state(0)
  help = $state(false)
  measuring = $state(false)
  measured = $state<[number, number][]>([])
  bookmarks = $state<Bookmark[]>([])

  constructor(readonly battle: Battle) {
    this.seek(this.firstMoment())
    this.readAddress()
  }

  get scene(): Scene {
    return this.battle.scenes[this.viewIndex] ?? this.battle.scenes[0]!
  }

  get chosen(): Entity | null {
    return this.selected === null ? null : (this.scene.entities[this.selected] ?? null)
  }

  /** Nothing moves before the first act: the replay opens where something does. */
  private firstMoment(): number {
    const first = this.battle.scenes[0]?.happenings[0]?.at_ms ?? 0
    return Math.max(0, Math.min(first, this.battle.until))
  }

  seek(at: number): void {
    this.run(at)
    this.pulse = this.now
  }

  private run(at: number): void {
    this.now = Math.min(this.battle.until, Math.max(0, at))
  }

  toggle(): void {
    if (!this.playing && this.speed > 0 && this.now >= this.battle.until) this.seek(0)
    this.playing = !this.playing
  }

  faster(steps: number): void {
    const index = SPEEDS.findIndex((speed) => speed === this.speed)
    this.speed = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, index + steps))] ?? 1
  }

  /** Lets so much real time pass. */
  tick(realMs: number): void {
    if (!this.playing) return
    this.run(this.now + realMs * this.speed)
    this.sincePulseMs += realMs
    if (this.now <= 0 || this.now >= this.battle.until) this.playing = this.now <= 0 ? this.speed > 0 : this.speed < 0
    if (this.sincePulseMs < PULSE_MS && this.playing) return
    this.sincePulseMs = 0
    this.pulse = this.now
  }

  show(index: number): void {
    if (index === this.viewIndex) return
    this.viewIndex = index
    this.selected = null
  }

  select(id: number | null): void {
    this.selected = id
  }

  /** The next or the previous happening that matters. */
  jump(direction: 1 | -1): void {
    const marks = this.scene.happenings.filter((each) => weight(each.what) !== 'minor')
    const found = direction > 0 ? marks.find((each) => each.at_ms > this.now + 1) : marks.findLast((each) => each.at_ms < this.now - 1)
    if (found) this.goTo(found)
  }

  goTo(happening: Happening): void {
    this.seek(happening.at_ms)
    this.selected = happening.thing
  }

  bookmark(): void {
    const text = `${this.battle.clock(this.now)} ${this.chosen?.thing.name ?? this.scene.label}`
    this.bookmarks = [...this.bookmarks, { at: this.now, view: this.viewIndex, selected: this.selected, text }]
  }

  recall(mark: Bookmark): void {
    this.viewIndex = mark.view
    this.selected = mark.selected
    this.seek(mark.at)
  }

  height(metres: number): string {
    if (this.units === 'metric') return `${grouped(metres)} m`
    const feet = metres / 0.3048
    return feet > 10_000 ? `FL${Math.round(feet / 100).toString().padStart(3, '0')}` : `${grouped(feet)} ft`
  }

  speedText(metresPerSecond: number | null): string {
    if (metresPerSecond === null) return '–'
    return this.units === 'metric' ? `${Math.round(metresPerSecond)} m/s` : `${Math.round(metresPerSecond / 0.514444)} kt`
  }

  distance(metres: number): string {
    const value = this.units === 'metric' ? metres / 1000 : metres / 1852
    return `${value.toFixed(value < 20 ? 1 : 0)} ${this.units === 'metric' ? 'km' : 'NM'}`
  }

  /** The state that a link carries. */
  address(): string {
    const parts = [`t=${Math.round(this.now / 1000)}`, `view=${this.viewIndex}`]
    if (this.chosen) parts.push(`select=${encodeURIComponent(this.chosen.thing.name)}`)
    return `#${parts.join('&')}`
  }

  private readAddress(): void {
    const state = new URLSearchParams(location.hash.slice(1))
    const view = Number(state.get('view') ?? 0)
    if (this.battle.scenes[view]) this.viewIndex = view
    const seconds = Number(state.get('t'))
    if (state.has('t') && Number.isFinite(seconds)) this.seek(seconds * 1000)
    const name = state.get('select')
    const found = this.scene.entities.findIndex((entity) => entity.thing.name === name)
    if (name !== null && found >= 0) this.selected = found
  }
}
