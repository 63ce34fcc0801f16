import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const call = promisify(execFile);
const npm = (cwd: string, ...args: string[]) => call('npm', [...args, '--offline', '--no-audit', '--no-fund'], { cwd });

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'plenum-install-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A project that depends on a package whose script leaves a file behind. */
async function projectWithScript(name: string) {
  const [guest, project] = [join(folder, `${name}-package`), join(folder, name)];
  for (const place of [guest, project]) await mkdir(place);
  const scripts = { postinstall: `node -e "require('fs').writeFileSync('ran', '')"` };
  await writeFile(join(guest, 'package.json'), JSON.stringify({ name: 'guest', version: '1.0.0', scripts }));
  const { stdout } = await npm(guest, 'pack', '--pack-destination', project);
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'project', version: '1.0.0' }));
  return { project, packed: `./${stdout.trim()}` };
}
const filesOf = ({ project }: { project: string }) => readdir(join(project, 'node_modules/guest'));

it('does not run the script of a package that is installed with the settings of this project (START-33, SEC-72)', async () => {
  const careful = await projectWithScript('careful');
  await copyFile('.npmrc', join(careful.project, '.npmrc'));
  await npm(careful.project, 'install', careful.packed);
  await npm(careful.project, 'ci');
  expect(await filesOf(careful)).toEqual(['package.json']);
  // The package itself: where scripts are allowed by name, it leaves its file.
  await npm(careful.project, 'rebuild', 'guest', '--ignore-scripts=false');
  expect((await filesOf(careful)).sort()).toEqual(['package.json', 'ran']);
}, 60_000);

it('asks for no script in the image, at the start or in CI (START-33)', async () => {
  const [image, install, workflow] = await Promise.all(
    ['docker/Dockerfile', 'scripts/install.mjs', '.github/workflows/ci.yml'].map((file) => readFile(file, 'utf8')),
  );
  for (const line of image!.split('\n').filter((line) => /\bnpm (ci|install|prune|rebuild)\b/.test(line)))
    expect(line).toMatch(/npm (ci|prune).* --ignore-scripts/);
  expect(install).toContain(`'--ignore-scripts'`);
  expect(workflow).not.toMatch(/\bnpm (ci|install|rebuild)\b|ignore-scripts=false/);
  const { allowScripts } = JSON.parse(await readFile('package.json', 'utf8')) as { allowScripts: object };
  expect(new Set(Object.values(allowScripts))).toEqual(new Set([false]));
});
