/** Numbers over time for the chart. */

import type { Scene } from './battle'

const POINTS = 240

export interface Series {
  /** Seconds. */
  times: number[]
  hostile: number[]
  missiles: number[]
  kills: number[]
}

export function series(scene: Scene, until: number): Series {
  const moments = [...Array(POINTS + 1).keys()].map((index) => (until * index) / POINTS)
  const moving = scene.entities.filter((entity) => !entity.isFixed)
  const count = (wanted: (index: number, at: number) => boolean) => moments.map((at) => moving.filter((entity, index) => entity.isThere(at) && wanted(index, at)).length)
  const kills = scene.happenings.filter((each) => each.what === 'destroyed' || each.what === 'kill')
  const hits = kills.some((each) => each.what === 'destroyed') ? kills.filter((each) => each.what === 'destroyed') : kills
  return {
    times: moments.map((at) => at / 1000),
    hostile: count((index, at) => moving[index]!.thing.kind !== 'missile' && moving[index]!.affiliation(at) === 'hostile'),
    missiles: count((index) => moving[index]!.thing.kind === 'missile'),
    kills: moments.map((at) => hits.filter((each) => each.at_ms <= at).length),
  }
}
