/** Texts of attackers for the fields of a page. Any script of them calls `pwned`, and each element carries `data-hostile`. */
const ATTACKS = {
  svg: `<svg data-hostile onload=pwned()>`,
  img: `<img data-hostile src=x onerror=pwned()>`,
  script: `"'></title></script><script data-hostile>pwned()</script>`,
  link: `<a data-hostile href="javascript:pwned()">x</a> javascript:pwned()`,
  markdown: `[x](javascript:pwned()) ![x](x"onerror="pwned()) <b data-hostile>x</b>`,
  template: "{{constructor.constructor('pwned()')()}} ${pwned()} $t(common:close) {{names}}",
  turned: `\u202Eexe.cod\u2066 \u202D\u200Fend`,
  zalgo: `Z${'\u0301\u0334\u0489\u0321'.repeat(12)}algo`,
} as const;

export type Attack = keyof typeof ATTACKS | 'long';
export const KINDS: readonly Attack[] = [...(Object.keys(ATTACKS) as (keyof typeof ATTACKS)[]), 'long'];

/** A hostile text of a kind, at most `max` characters, that begins with words by which a test finds it on a page. */
export function hostile(label: string, kind: Attack, max = 200): string {
  const begin = `${label}-${kind} `;
  return begin + (kind === 'long' ? 'W'.repeat(max - begin.length) : ATTACKS[kind]).slice(0, max - begin.length);
}

/** One of each kind. */
export const everyKind = (label: string, max?: number): string[] => KINDS.map((kind) => hostile(label, kind, max));
