/** What lies over the picture at constant size: stalks, symbols, labels, brackets, scale and north. */

import type * as THREE from 'three'
import pictures from 'virtual:symbols'
import type { Affiliation, Entity, Place } from './battle'
import { type Vec3, course } from './geo'
import type { Player } from './player.svelte'
import { Room } from './room'
import { LINE, type Word, Words, put } from './words'

export interface Seen {
  entity: Entity
  x: number
  y: number
}

export interface Placed {
  entity: Entity
  place: Place
  whose: Affiliation
  at: Vec3
  foot: Vec3
}

interface Spot {
  x: number
  y: number
  /** Distance from the camera. */
  far: number
}

/** A thing with its places on the canvas: its own, and that of the ground under it. */
interface Shown extends Placed {
  on: Spot
  under: Spot
}

type Project = (at: Vec3) => Spot & { isAhead: boolean }

const TINTS: Record<'dark' | 'light', Record<Affiliation | 'missile', string>> = {
  dark: { hostile: '#ff7b7b', friend: '#7fd6ff', neutral: '#9be89b', unknown: '#ffe27a', missile: '#ffffff' },
  light: { hostile: '#b3001b', friend: '#00548f', neutral: '#1c6b1c', unknown: '#7a5c00', missile: '#20262c' },
}

/** Colour of lines and names. */
export function tint(whose: Affiliation | 'missile', theme: 'dark' | 'light'): string {
  return TINTS[theme][whose]
}

/** Height of a symbol on the screen, pixels. */
const SIZE: Record<string, number> = { unit: 30, asset: 26, radar: 24, launcher: 18, missile: 15, track: 22 }

/** Height of the strip of tools over the picture, pixels: no label goes under it. */
const TOOLS = 44

const FONT = '12px system-ui, "DejaVu Sans", sans-serif'

/** Fixed things of these kinds stand so close together that only the first of them is drawn. */
const CROWDED = new Set(['launcher', 'radar'])

export class Overlay {
  size: [number, number] = [1, 1]
  private readonly pen: CanvasRenderingContext2D
  private ratio = 1
  private readonly images = new Map<string, ImageBitmap | null>()
  private readonly words = new Words()

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly player: Player,
  ) {
    this.pen = canvas.getContext('2d')!
  }

  resize(width: number, height: number): void {
    this.ratio = Math.min(2, devicePixelRatio)
    this.canvas.width = Math.round(width * this.ratio)
    this.canvas.height = Math.round(height * this.ratio)
    this.size = [width, height]
  }

  draw(placed: readonly Placed[], project: Project, camera: THREE.PerspectiveCamera, target: THREE.Vector3): Seen[] {
    const { pen, size, player } = this
    pen.setTransform(this.canvas.width / size[0], 0, 0, this.canvas.height / size[1], 0, 0)
    pen.clearRect(0, 0, ...size)
    const shown = placed
      .map((each) => ({ ...each, on: project(each.at), under: project(each.foot) }))
      .filter(({ on }) => on.isAhead && on.x > -40 && on.y > -40 && on.x < size[0] + 40 && on.y < size[1] + 40)
      .sort((a, b) => b.on.far - a.on.far)
    if (player.layers.stalks) this.stalks(shown)
    this.aims(shown)
    const room = new Room(...size)
    room.take(0, 0, size[0], TOOLS)
    const seen: Seen[] = []
    for (const each of shown.filter(({ entity }) => entity.isFixed).sort((a, b) => rank(a.entity) - rank(b.entity))) {
      const isHidden = CROWDED.has(each.entity.thing.kind) && seen.some((other) => Math.hypot(other.x - each.on.x, other.y - each.on.y) < 20)
      if (isHidden && each.entity.id !== player.selected) continue
      this.symbol(each, room)
      seen.push({ entity: each.entity, ...each.on })
    }
    for (const each of shown.filter(({ entity }) => !entity.isFixed)) {
      this.symbol(each, room)
      seen.push({ entity: each.entity, ...each.on })
    }
    if (player.layers.labels) this.labels(shown, seen, room)
    this.measure(project)
    this.frame(camera, target, project)
    return seen
  }

  private ink(strong = true): string {
    return this.player.theme === 'dark' ? (strong ? '#eaf2f8' : '#9fb2c1') : strong ? '#16202a' : '#4b5b68'
  }

  private stalks(shown: readonly Shown[]): void {
    const { pen, player } = this
    pen.globalAlpha = 0.55
    const flying = shown.filter(({ entity }) => !entity.isFixed)
    for (const whose of new Set(flying.map((each) => each.whose))) {
      pen.strokeStyle = tint(whose, player.theme)
      pen.beginPath()
      for (const { on, under } of flying.filter((each) => each.whose === whose)) {
        pen.moveTo(on.x, on.y)
        pen.lineTo(under.x, under.y)
      }
      pen.stroke()
    }
    pen.globalAlpha = 1
  }

  /** Dashed lines from missiles in flight to what they were sent against. */
  private aims(shown: readonly Shown[]): void {
    const { pen } = this
    const places = new Map(shown.map((each) => [each.entity.id, each.on]))
    pen.strokeStyle = this.ink(false)
    pen.setLineDash([4, 4])
    pen.beginPath()
    for (const { entity, on } of shown) {
      const to = entity.thing.kind === 'missile' && entity.thing.target !== undefined ? places.get(entity.thing.target) : undefined
      if (!to) continue
      pen.moveTo(on.x, on.y)
      pen.lineTo(to.x, to.y)
    }
    pen.stroke()
    pen.setLineDash([])
  }

  private symbol({ entity, whose, on }: Shown, room: Room): void {
    const { pen, player } = this
    const high = SIZE[entity.thing.kind] ?? 26
    const image = this.image(entity, whose)
    if (!image) return
    const wide = (image.width / image.height) * high
    pen.drawImage(image, on.x - wide / 2, on.y - high / 2, wide, high)
    room.take(on.x - wide / 2, on.y - high / 2, wide, high)
    if (entity.id === player.selected) this.bracket(on.x, on.y, Math.max(wide, high) / 2 + 6)
  }

  private bracket(x: number, y: number, half: number): void {
    const { pen } = this
    pen.strokeStyle = this.ink()
    pen.lineWidth = 2
    pen.beginPath()
    for (const [sx, sy] of [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const) {
      pen.moveTo(x + sx * half, y + sy * (half - 7))
      pen.lineTo(x + sx * half, y + sy * half)
      pen.lineTo(x + sx * (half - 7), y + sy * half)
    }
    pen.stroke()
    pen.lineWidth = 1
  }

  /** Names where there is room: the selected first, then what is hostile, then what is near. */
  private labels(shown: readonly Shown[], seen: readonly Seen[], room: Room): void {
    const { pen, player } = this
    const drawn = new Set(seen.map((each) => each.entity.id))
    const order = shown
      .filter(({ entity }) => drawn.has(entity.id))
      .map((each) => ({ ...each, first: this.importance(each) }))
      .sort((a, b) => a.first - b.first || a.on.far - b.on.far)
    for (const { entity, place, whose, on, first } of order) {
      const isMain = entity.thing.kind === 'unit' || entity.thing.kind === 'asset'
      const font = isMain || first === 0 ? `600 ${FONT}` : FONT
      const lines = [this.written(entity.thing.name, font, tint(whose, player.theme))]
      if (!entity.isFixed && entity.thing.kind !== 'missile') lines.push(this.written(player.height(place.heightM), font, this.ink(false)))
      const wide = Math.max(...lines.map((line) => line.wide))
      const high = lines.length * LINE
      const half = (SIZE[entity.thing.kind] ?? 26) / 2 + 4
      const spots: [number, number][] = [[on.x + half, on.y - high / 2], [on.x - half - wide, on.y - high / 2], [on.x - wide / 2, on.y + half], [on.x - wide / 2, on.y - half - high]]
      const spot = spots.find(([x, y]) => room.isFree(x, y, wide, high))
      if (!spot && first > 0) continue
      const [x, y] = spot ?? spots[0]!
      room.take(x, y, wide, high)
      lines.forEach((line, index) => put(pen, line, x, y + (index + 0.5) * LINE, this.ratio))
    }
  }

  private importance({ entity, whose }: Shown): number {
    if (entity.id === this.player.selected) return 0
    if (entity.thing.kind === 'unit') return 1
    if (entity.thing.kind === 'asset') return 1.5
    if (CROWDED.has(entity.thing.kind)) return 5
    if (entity.thing.kind === 'missile') return 4
    return whose === 'hostile' ? 2 : 3
  }

  private written(text: string, font: string, colour: string): Word {
    return this.words.get(text, font, colour, this.player.theme === 'dark' ? 'rgba(6,12,18,0.85)' : 'rgba(255,255,255,0.85)', this.ratio)
  }

  private word(text: string, x: number, y: number, colour: string): void {
    put(this.pen, this.written(text, FONT, colour), x, y, this.ratio)
  }

  private measure(project: Project): void {
    const { pen, player } = this
    const { frame, relief } = player.battle
    const [a, b] = player.measured
    if (!a) return
    const on = (at: [number, number]) => project(frame.at(at[0], at[1], Math.max(0, relief.metres(at[0], at[1])) + 50, player.factor))
    const [from, to] = [on(a), b ? on(b) : on(a)]
    pen.strokeStyle = pen.fillStyle = '#ffb454'
    pen.lineWidth = 2
    pen.beginPath()
    pen.moveTo(from.x, from.y)
    pen.lineTo(to.x, to.y)
    pen.stroke()
    for (const end of [from, to]) pen.fillRect(end.x - 3, end.y - 3, 6, 6)
    if (!b) return
    const leg = course(a, b)
    this.word(`${player.distance(leg.metres)}, ${Math.round(leg.deg).toString().padStart(3, '0')}°`, (from.x + to.x) / 2 + 8, (from.y + to.y) / 2, '#ffb454')
  }

  /** North arrow, scale and the factor of heights. */
  private frame(camera: THREE.PerspectiveCamera, target: THREE.Vector3, project: Project): void {
    const { pen, size, player } = this
    const [width, height] = size
    const turn = Math.atan2(camera.position.x - target.x, camera.position.z - target.z)
    pen.save()
    pen.translate(width - 34, 44)
    pen.rotate(turn)
    pen.fillStyle = this.ink()
    pen.beginPath()
    pen.moveTo(0, -16)
    pen.lineTo(6, 4)
    pen.lineTo(0, 0)
    pen.lineTo(-6, 4)
    pen.fill()
    pen.font = '600 11px system-ui, "DejaVu Sans", sans-serif'
    pen.textAlign = 'center'
    pen.fillText('N', 0, 16)
    pen.restore()
    const middle: Vec3 = [target.x, target.y, target.z]
    const side = project([target.x + Math.cos(turn), target.y, target.z - Math.sin(turn)])
    const perKm = Math.abs(side.x - project(middle).x)
    const unitKm = player.units === 'metric' ? 1 : 1.852
    const length = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((km) => km * unitKm * perKm > 70) ?? 1000
    const wide = length * unitKm * perKm
    if (!Number.isFinite(wide) || wide > width) return
    pen.fillStyle = this.ink()
    pen.fillRect(16, height - 18, wide, 3)
    this.word(`${length} ${player.units === 'metric' ? 'km' : 'NM'} at the middle`, 16, height - 30, this.ink())
    this.word(`heights ×${player.factor}`, width - 90, height - 18, this.ink())
  }

  /** The symbol as pixels: drawing a picture of lines anew for each thing and frame would cost most of the time. */
  private image(entity: Entity, whose: Affiliation): ImageBitmap | null {
    const { kind, type_name } = entity.thing
    const drawn = kind === 'aircraft' && whose === 'neutral' && !/fighter/i.test(type_name ?? '') ? 'airliner' : kind
    const key = `${drawn}/${whose}`
    const image = this.images.get(key)
    if (image !== undefined) return image
    this.images.set(key, null)
    const lines = new Image()
    lines.onload = () => {
      const high = 2 * (SIZE[kind] ?? 26)
      const canvas = new OffscreenCanvas(Math.max(1, Math.round((lines.naturalWidth / lines.naturalHeight) * high)), high)
      canvas.getContext('2d')!.drawImage(lines, 0, 0, canvas.width, canvas.height)
      this.images.set(key, canvas.transferToImageBitmap())
      this.player.redraw += 1
    }
    lines.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(pictures[key] ?? '')}`
    return null
  }
}

function rank(entity: Entity): number {
  return ['asset', 'unit', 'radar', 'launcher'].indexOf(entity.thing.kind)
}
