/** The picture: ground and lines in three dimensions, and over them, on a flat canvas, symbols, labels and marks. */

import * as THREE from 'three'
import { MapControls } from 'three/examples/jsm/controls/MapControls.js'
import type { Entity } from './battle'
import { type Vec3, ahead } from './geo'
import { PALETTES, ground, mapLines } from './ground'
import { Overlay, type Placed, type Seen, tint } from './overlay'
import type { Player } from './player.svelte'
import { type Line, dispose, ribbons } from './ribbons'

/** Ways are drawn a little above the ground that they may touch. */
const LIFT_M = 30

export class Stage {
  readonly controls: MapControls
  readonly camera = new THREE.PerspectiveCamera(42, 1, 0.5, 6000)
  /** Milliseconds of script that the last picture took. */
  lastMs = 0
  readonly renderer: THREE.WebGLRenderer
  private readonly scene = new THREE.Scene()
  private readonly overlay: Overlay
  private parts: THREE.Mesh[] = []
  private trails: THREE.Mesh | null = null
  private built = ''
  private readonly point = new THREE.Vector3()
  /** What the last picture shows, and where. */
  seen: Seen[] = []

  constructor(
    private readonly player: Player,
    canvas: HTMLCanvasElement,
    over: HTMLCanvasElement,
    isQuick: boolean,
  ) {
    this.renderer = new THREE.WebGLRenderer({ canvas, antialias: !isQuick, preserveDrawingBuffer: true })
    this.renderer.setPixelRatio(isQuick ? 1 : Math.min(2, devicePixelRatio))
    this.overlay = new Overlay(over, player)
    this.controls = new MapControls(this.camera, canvas)
    this.controls.maxPolarAngle = 1.5
    this.controls.minDistance = 3
    this.controls.maxDistance = 3000
    this.home()
  }

  /** The whole battle from the south. */
  home(): void {
    const { map } = this.player.battle.page
    const high = (map.north_deg - map.south_deg) * 111.2
    const wide = (map.east_deg - map.west_deg) * 111.2 * Math.cos(this.player.battle.frame.latDeg * (Math.PI / 180))
    const far = Math.max(high, wide / Math.max(0.6, this.camera.aspect))
    this.controls.target.set(0, 0, far * 0.06)
    this.camera.position.set(0, far * 0.72, far * 0.74)
    this.controls.update()
  }

  overhead(): void {
    const far = this.camera.position.distanceTo(this.controls.target)
    this.camera.position.copy(this.controls.target).add(new THREE.Vector3(0, far, far * 0.001))
    this.controls.update()
  }

  resize(width: number, height: number): void {
    this.renderer.setSize(width, height, false)
    this.camera.aspect = width / Math.max(1, height)
    this.camera.updateProjectionMatrix()
    this.overlay.resize(width, height)
    this.tellSize()
  }

  /** Draws the present moment. */
  draw(): void {
    const began = performance.now()
    this.build()
    const { player } = this
    const seen = this.look()
    if (player.camera === 'follow') this.follow(seen)
    // The overlay asks the camera before the renderer would bring it up to date.
    this.camera.updateMatrixWorld()
    if (this.trails) {
      const uniforms = (this.trails.material as THREE.ShaderMaterial).uniforms
      uniforms['now']!.value = player.now / 1000
      uniforms['trail']!.value = Math.max(1, player.trailMin * 60)
      this.trails.visible = player.layers.trails
    }
    this.seen = this.overlay.draw(seen, (at) => this.project(at), this.camera, this.controls.target)
    this.renderer.render(this.scene, this.camera)
    this.lastMs = performance.now() - began
  }

  /** The thing under a place of the canvas. */
  pick(x: number, y: number): Entity | null {
    let [best, nearest] = [null as Entity | null, 18]
    for (const each of this.seen) {
      const away = Math.hypot(each.x - x, each.y - y)
      if (away < nearest) [best, nearest] = [each.entity, away]
    }
    return best
  }

  /** Latitude and longitude of the ground under a place of the canvas. */
  placeUnder(x: number, y: number): [number, number] | null {
    const size = this.renderer.getSize(new THREE.Vector2())
    const ray = new THREE.Raycaster()
    ray.setFromCamera(new THREE.Vector2((x / size.x) * 2 - 1, 1 - (y / size.y) * 2), this.camera)
    const hit = this.parts[0] ? ray.intersectObject(this.parts[0])[0] : undefined
    if (!hit?.uv) return null
    const { map } = this.player.battle.page
    return [
      map.south_deg + (map.north_deg - map.south_deg) * hit.uv.y,
      map.west_deg + (map.east_deg - map.west_deg) * hit.uv.x,
    ]
  }

  /** The picture with symbols and labels, as a PNG. */
  async png(): Promise<Blob> {
    this.draw()
    const [under, over] = [this.renderer.domElement, this.overlay.canvas]
    const canvas = document.createElement('canvas')
    canvas.width = under.width
    canvas.height = under.height
    const pen = canvas.getContext('2d')!
    pen.drawImage(under, 0, 0)
    pen.drawImage(over, 0, 0, canvas.width, canvas.height)
    return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture'))), 'image/png'))
  }

  private project(at: Vec3): { x: number; y: number; isAhead: boolean; far: number } {
    const size = this.overlay.size
    const point = this.point.set(...at)
    const far = point.distanceTo(this.camera.position)
    point.project(this.camera)
    return { x: ((point.x + 1) / 2) * size[0], y: ((1 - point.y) / 2) * size[1], isAhead: point.z > -1 && point.z < 1, far }
  }

  private look(): Placed[] {
    const { player } = this
    const { frame, relief } = player.battle
    const { now, factor, shown } = player
    const out = []
    for (const entity of player.scene.entities) {
      const place = entity.isThere(now) ? entity.place(now) : null
      if (!place) continue
      const whose = entity.affiliation(now)
      if (!shown[whose]) continue
      const groundM = Math.max(0, relief.metres(place.latDeg, place.lonDeg))
      const foot = frame.at(place.latDeg, place.lonDeg, groundM, factor)
      const at = entity.isFixed ? foot : frame.at(place.latDeg, place.lonDeg, Math.max(groundM + LIFT_M, place.heightM), factor)
      out.push({ entity, place, whose, at, foot })
    }
    return out
  }

  private follow(seen: readonly Placed[]): void {
    const found = seen.find((each) => each.entity.id === this.player.selected)
    if (!found) return
    const move = new THREE.Vector3(...found.at).sub(this.controls.target)
    this.controls.target.add(move)
    this.camera.position.add(move)
    this.controls.update()
  }

  /** Builds again what depends on more than the clock. */
  private build(): void {
    const { player } = this
    const { layers } = player
    const wanted = [player.viewIndex, player.factor, player.theme, layers.claims, layers.ranges, layers.borders].join()
    if (wanted === this.built) return
    this.built = wanted
    for (const part of [...this.parts, ...(this.trails ? [this.trails] : [])]) {
      this.scene.remove(part)
      dispose(part)
    }
    const palette = PALETTES[player.theme]
    this.scene.background = new THREE.Color(palette.sky)
    const map = ribbons(mapLines(player.battle, player.factor, palette, layers.borders), 1.1, 0.75, false)
    const rings = ribbons(this.rings(), 1.4, 0.9, false)
    this.trails = ribbons(this.ways(), 1.7, 0.95, true)
    this.parts = [ground(player.battle, player.factor, palette), map, rings]
    this.scene.add(...this.parts, this.trails)
    this.tellSize()
  }

  /** Lines are as wide as they should be when they know how many pixels there are. */
  private tellSize(): void {
    for (const part of [...this.parts, ...(this.trails ? [this.trails] : [])]) {
      const { uniforms } = part.material as THREE.ShaderMaterial
      if (uniforms) uniforms['size']!.value = new THREE.Vector2(...this.overlay.size)
    }
  }

  private ways(): Line[] {
    const { player } = this
    const { frame, relief } = player.battle
    return player.scene.entities
      .filter((entity) => entity.t.length > 1)
      .map((entity) => ({
        points: [...entity.t.keys()].map((i) => {
          const [lat, lon] = [entity.lat[i]!, entity.lon[i]!]
          return frame.at(lat, lon, Math.max(entity.height[i]!, relief.metres(lat, lon) + LIFT_M), player.factor)
        }),
        times: [...entity.t].map((ms) => ms / 1000),
        colour: tint(entity.thing.kind === 'missile' ? 'missile' : entity.affiliation(Infinity), player.theme),
      }))
  }

  /** Circles of published reach, dashed, and of what the radars can process. */
  private rings(): Line[] {
    const { player } = this
    const { layers, scene } = player
    const lines: Line[] = []
    if (layers.claims) for (const reach of scene.reaches) lines.push(...this.dashed(reach.centre, reach.range_m, player.theme === 'dark' ? '#c9d3dc' : '#40505c'))
    if (layers.ranges) {
      for (const entity of scene.entities) {
        const fix = entity.isFixed && entity.thing.range_m ? entity.fix(0) : null
        if (fix) lines.push(...this.dashed([fix.latDeg, fix.lonDeg], entity.thing.range_m!, player.theme === 'dark' ? '#7a6ad8' : '#5040b0'))
      }
    }
    return lines
  }

  private dashed(centre: readonly [number, number], metres: number, colour: string): Line[] {
    const { frame, relief } = this.player.battle
    const point = (deg: number): Vec3 => {
      const [lat, lon] = ahead(centre, deg, metres)
      return frame.at(lat, lon, Math.max(0, relief.metres(lat, lon)) + 80, this.player.factor)
    }
    const dash = (first: number): Line => ({ points: [0, 1, 2].map((step) => point(first + step)), colour })
    return [...Array(90).keys()].map((index) => dash(index * 4))
  }
}
