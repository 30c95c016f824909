declare module 'virtual:symbols' {
  /** SVG by `kind/affiliation`. */
  const pictures: Record<string, string>
  export default pictures
}
