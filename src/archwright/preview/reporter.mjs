import { appendFileSync } from 'node:fs';

/** Tells whoever started the run how each spec ended: a line of JSON in the file that is named. */
export default class {
  #tell(event) {
    appendFileSync(process.env.ARCHWRIGHT_SPEC_EVENTS, `${JSON.stringify(event)}\n`);
  }

  onBegin(_config, suite) {
    this.#tell({ kind: 'begun', total: suite.allTests().length });
  }

  onTestEnd(test, result) {
    const { file, line } = test.location;
    const { status, duration } = result;
    this.#tell({ kind: 'ended', file, line, title: test.title, status, seconds: duration / 1000 });
  }

  printsToStdio() {
    return false;
  }
}
