import { type ImportProblem } from '#libs/contract/programme';

/** More problems than anybody reads; further ones are counted, not listed. */
const LISTED = 500;

/** Collects the problems of an imported file. An error makes a part unusable; a warning describes how it was read nevertheless. */
export class Problems {
  private readonly listed: ImportProblem[] = [];
  private unlisted = 0;
  private errors = 0;

  error(at: string, message: string): void {
    this.errors += 1;
    this.add({ at, severity: 'error', message });
  }

  warning(at: string, message: string): void {
    this.add({ at, severity: 'warning', message });
  }

  /** The same problems, to be extended separately. */
  copy(): Problems {
    const copy = new Problems();
    copy.listed.push(...this.listed);
    [copy.unlisted, copy.errors] = [this.unlisted, this.errors];
    return copy;
  }

  get hasErrors(): boolean {
    return this.errors > 0;
  }

  toList(): ImportProblem[] {
    if (this.unlisted === 0) return [...this.listed];
    return [...this.listed, { at: 'schedule', severity: 'warning', message: `and ${this.unlisted} more problems` }];
  }

  private add(problem: ImportProblem): void {
    if (this.listed.length < LISTED) this.listed.push(problem);
    else this.unlisted += 1;
  }
}
