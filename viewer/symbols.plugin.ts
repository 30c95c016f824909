import milsymbol from 'milsymbol'
import type { Plugin } from 'vite'

/** What is drawn, by MIL-STD-2525 letter codes; `*` stands for the affiliation. */
const CODES: Record<string, string> = {
  aircraft: 'S*APMF----',
  airliner: 'S*APCF----',
  'cruise-missile': 'S*APWMS---',
  drone: 'S*APMFQ---',
  ballistic: 'S*APWMSB--',
  missile: 'S*APWMSA--',
  track: 'S*AP------',
  radar: 'S*GPESR---',
  unit: 'S*GPUCDM--',
  launcher: 'S*GPEWM---',
  asset: 'S*GPIB----H',
}

const AFFILIATIONS: Record<string, string> = { hostile: 'H', friend: 'F', neutral: 'N', unknown: 'U' }

const NAME = 'virtual:symbols'

/** Renders the symbols when the viewer is built, so that the page carries pictures and not the library. */
export function symbols(): Plugin {
  return {
    name: 'redan-symbols',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: (id) => (id === `\0${NAME}` ? `export default ${JSON.stringify(pictures())}` : undefined),
  }
}

function pictures(): Record<string, string> {
  const all: Record<string, string> = {}
  for (const [kind, code] of Object.entries(CODES)) {
    for (const [affiliation, letter] of Object.entries(AFFILIATIONS)) {
      const symbol = new milsymbol.Symbol(code.replace('*', letter), {
        size: 40,
        civilianColor: false,
        outlineColor: '#0b1118',
        outlineWidth: 6,
      })
      all[`${kind}/${affiliation}`] = symbol.asSVG()
    }
  }
  return all
}
