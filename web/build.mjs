// Builds the styles, the script and the icon of the portal into static/, each
// with a hash of its content in its name, and a manifest that tells which name
// belongs to which. What is text is compressed here, once, rather than in the
// server at every start.
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import esbuild from 'esbuild'
import * as sass from 'sass'

const from = (path) => fileURLToPath(new URL(path, import.meta.url))
const target = from('static')

const styles = async () => {
  const { css } = await sass.compileAsync(from('assets/portal.scss'), {
    loadPaths: [from('node_modules')],
    style: 'compressed',
    quietDeps: true
  })
  if (/url\(["']?(https?:)?\/\//.test(css)) {
    throw new Error('portal.css asks another host for something')
  }
  return Buffer.from(css)
}

const script = async () => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [from('assets/portal.mjs')],
    bundle: true,
    format: 'esm',
    legalComments: 'none',
    logLevel: 'warning',
    minify: true,
    target: 'es2020',
    write: false
  })
  return Buffer.from(outputFiles[0].contents)
}

const files = {
  'portal.css': await styles(),
  'portal.js': await script(),
  'favicon.svg': await readFile(from('assets/favicon.svg'))
}

await mkdir(target, { recursive: true })
const manifest = {}
const kept = new Set(['.gitkeep', 'manifest.json'])

/** Writes a file of the build. */
const put = async (name, content) => {
  kept.add(name)
  await writeFile(`${target}/${name}`, content)
}

for (const [name, content] of Object.entries(files)) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const hashed = name.replace(/\.(\w+)$/, `.${hash}.$1`)
  manifest[name] = hashed
  await put(hashed, content)
  await put(`${hashed}.gz`, await promisify(gzip)(content, { level: 9 }))
  await put(
    `${hashed}.br`,
    await promisify(brotliCompress)(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length
      }
    })
  )
}

for (const name of await readdir(target)) {
  if (!kept.has(name)) await rm(`${target}/${name}`)
}

// Last, so that a build that failed leaves no manifest that looks new.
await writeFile(`${target}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`)
