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

const images = 'node_modules/nhsuk-frontend/dist/nhsuk/assets/images'

/** The name of a file with a hash of its content in it. */
const hashed = (name, content) => {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  return name.replace(/\.(\w+)$/, `.${hash}.$1`)
}

/** The styles; the images that they use come from the package, into files. */
const styles = async (files) => {
  const { css } = await sass.compileAsync(from('assets/portal.scss'), {
    loadPaths: [from('node_modules')],
    style: 'compressed',
    quietDeps: true
  })
  const used = /url\(["']?\/assets\/images\/([\w.-]+)["']?\)/g
  for (const [, name] of css.matchAll(used)) {
    files[name] = await readFile(from(`${images}/${name}`))
  }
  const linked = css.replace(used, (_, name) => `url(/static/${hashed(name, files[name])})`)
  const stray = linked.match(/url\((?!\/static\/|#)[^)]*\)/)
  if (stray) throw new Error(`portal.css asks for ${stray[0]}, which is not built`)
  return Buffer.from(linked)
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
  'portal.js': await script(),
  'favicon.svg': await readFile(from('assets/favicon.svg'))
}
files['portal.css'] = await styles(files)

await mkdir(target, { recursive: true })
const manifest = {}
const kept = new Set(['.gitkeep', 'manifest.json'])

/** Writes a file of the build. */
const put = async (name, content) => {
  kept.add(name)
  await writeFile(`${target}/${name}`, content)
}

for (const name of Object.keys(files).sort()) {
  const content = files[name]
  const built = hashed(name, content)
  manifest[name] = built
  await put(built, content)
  await put(`${built}.gz`, await promisify(gzip)(content, { level: 9 }))
  await put(
    `${built}.br`,
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
