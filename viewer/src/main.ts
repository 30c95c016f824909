import { mount } from 'svelte'
import App from './App.svelte'
import './style.css'
import { unpack } from './decode'
import { Battle } from './battle'
import Failure from './panels/Failure.svelte'

const target = document.getElementById('app') as HTMLElement
const packed = document.getElementById('packed')?.textContent ?? ''

unpack(packed)
  .then((page) => mount(App, { target, props: { battle: new Battle(page) } }))
  .catch((error: unknown) => mount(Failure, { target, props: { reason: String(error) } }))
