/** Packages of the lock that have a hole of the list: what is known where the registry cannot be asked. */
export function knownHoles(lock, holes) {
  return holes.flatMap(({ package: name, below, major, hole }) =>
    lock
      .filter((entry) => entry.name === name && (major === undefined || parse(entry.version)[0] === major))
      .filter(({ version }) => isBelow(version, below))
      .map(({ version, place }) => ({
        id: hole.split(/[:,]/)[0],
        package: name,
        text: `${place}@${version}: ${hole}`,
      })),
  );
}

/** The advisories of `npm audit --json`, each once. */
export function advisories({ vulnerabilities = {} }) {
  const found = new Map();
  for (const { via } of Object.values(vulnerabilities))
    for (const advisory of via) {
      if (typeof advisory === 'string') continue; // only names the package that has it
      const id = /GHSA-[\w-]+/.exec(advisory.url)?.[0] ?? String(advisory.source);
      found.set(id, {
        id,
        package: advisory.name,
        text: `${advisory.name} ${advisory.range}: ${advisory.title} (${id})`,
      });
    }
  return [...found.values()];
}

/** What stands in the way: findings nobody explained, explanations that ended, and those that explain nothing any more. */
export function judge(findings, accepted, today) {
  const isFor = (finding) => (entry) => entry.id === finding.id && entry.package === finding.package;
  return [
    ...findings.filter((finding) => !accepted.some(isFor(finding))).map(({ text }) => text),
    ...accepted.flatMap((entry) => [
      ...(entry.reason && /^\d{4}-\d{2}-\d{2}$/.test(entry.until ?? '')
        ? []
        : [`${entry.id}: accepted without reason or end`]),
      ...(entry.until < today ? [`${entry.id} in ${entry.package}: was accepted until ${entry.until}`] : []),
      ...(findings.some((finding) => isFor(finding)(entry)) ? [] : [`${entry.id}: accepted, but not found any more`]),
    ]),
  ];
}

function isBelow(version, below) {
  const [mine, limit] = [parse(version), parse(below)];
  const index = mine.findIndex((number, place) => number !== limit[place]);
  return index >= 0 && mine[index] < limit[index];
}

const parse = (version) => version.split(/[-+]/)[0].split('.').map(Number);
