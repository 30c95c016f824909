/**
 * Lines of constant width on the screen. Each segment is four corners that know both ends and their times; what a
 * moment shows of a trail is decided by the shader, so that moving the clock rebuilds nothing.
 */

import * as THREE from 'three'
import type { Vec3 } from './geo'

const VERTEX = `
attribute vec3 next; attribute float side; attribute float end; attribute vec2 times; attribute vec3 tint;
uniform vec2 size; uniform float width;
varying float vTime; varying vec3 vTint;
void main() {
  vec4 a = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  vec4 b = projectionMatrix * modelViewMatrix * vec4(next, 1.0);
  float near = 0.05;
  if (a.w < near && b.w > near) a = mix(a, b, (near - a.w) / (b.w - a.w));
  if (b.w < near && a.w > near) b = mix(b, a, (near - b.w) / (a.w - b.w));
  vec2 along = (b.xy / b.w - a.xy / a.w) * size;
  vec2 across = length(along) > 1e-4 ? normalize(vec2(-along.y, along.x)) : vec2(0.0, 1.0);
  vec4 here = mix(a, b, end);
  here.xy += across * side * width / size * here.w;
  if (a.w < near && b.w < near) here = vec4(2.0, 2.0, 2.0, 1.0);
  gl_Position = here;
  vTime = mix(times.x, times.y, end);
  vTint = tint;
}`

const FRAGMENT = `
uniform float now; uniform float trail; uniform float opacity;
varying float vTime; varying vec3 vTint;
void main() {
  float fade = 1.0;
  if (trail > 0.0) {
    if (vTime > now || vTime < now - trail) discard;
    fade = 0.25 + 0.75 * (1.0 - (now - vTime) / trail);
  }
  gl_FragColor = vec4(vTint, opacity * fade);
  #include <colorspace_fragment>
}`

export interface Line {
  points: readonly Vec3[]
  /** Seconds, one for each point; without them the line is always there. */
  times?: readonly number[]
  colour: string
}

/** Many lines as one object. */
export function ribbons(lines: readonly Line[], width: number, opacity: number, isTrail: boolean): THREE.Mesh {
  const count = lines.reduce((sum, line) => sum + Math.max(0, line.points.length - 1), 0)
  const [position, next, tint] = [new Float32Array(count * 12), new Float32Array(count * 12), new Float32Array(count * 12)]
  const [side, end, times] = [new Float32Array(count * 4), new Float32Array(count * 4), new Float32Array(count * 8)]
  const index = new Uint32Array(count * 6)
  let at = 0
  for (const line of lines) {
    const colour = new THREE.Color(line.colour)
    for (let i = 0; i + 1 < line.points.length; i++) {
      const [a, b] = [line.points[i]!, line.points[i + 1]!]
      for (let corner = 0; corner < 4; corner++) {
        const v = at * 4 + corner
        position.set(a, v * 3)
        next.set(b, v * 3)
        tint.set([colour.r, colour.g, colour.b], v * 3)
        side[v] = corner % 2 === 0 ? 1 : -1
        end[v] = corner < 2 ? 0 : 1
        times.set([line.times?.[i] ?? 0, line.times?.[i + 1] ?? 0], v * 2)
      }
      index.set([0, 1, 2, 2, 1, 3].map((corner) => at * 4 + corner), at * 6)
      at += 1
    }
  }
  const geometry = new THREE.BufferGeometry()
  geometry.setAttribute('position', new THREE.BufferAttribute(position, 3))
  geometry.setAttribute('next', new THREE.BufferAttribute(next, 3))
  geometry.setAttribute('tint', new THREE.BufferAttribute(tint, 3))
  geometry.setAttribute('side', new THREE.BufferAttribute(side, 1))
  geometry.setAttribute('end', new THREE.BufferAttribute(end, 1))
  geometry.setAttribute('times', new THREE.BufferAttribute(times, 2))
  geometry.setIndex(new THREE.BufferAttribute(index, 1))
  const material = new THREE.ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    transparent: true,
    depthWrite: false,
    side: THREE.DoubleSide,
    uniforms: {
      size: { value: new THREE.Vector2(1, 1) },
      width: { value: width },
      now: { value: 0 },
      trail: { value: isTrail ? 1 : 0 },
      opacity: { value: opacity },
    },
  })
  const mesh = new THREE.Mesh(geometry, material)
  mesh.frustumCulled = false
  return mesh
}

/** Frees what a graphics card holds of an object. */
export function dispose(mesh: THREE.Mesh): void {
  mesh.geometry.dispose()
  for (const material of [mesh.material].flat()) material.dispose()
}
