/** The crash tests run what is deployed, so the bundle must be that of the sources. */
import { builtProgram } from '../support/program.ts';

export default function setup(): void {
  builtProgram('main');
}
