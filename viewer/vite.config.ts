import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { viteSingleFile } from 'vite-plugin-singlefile'
import { symbols } from './symbols.plugin.ts'

// One HTML file without a reference to anything outside it; the binary puts a recording into it.
export default defineConfig({
  plugins: [svelte(), symbols(), viteSingleFile({ removeViteModuleLoader: true })],
  build: { outDir: 'dist', target: 'es2022', reportCompressedSize: false },
})
