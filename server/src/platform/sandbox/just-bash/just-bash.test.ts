import { describeSandbox } from '../conformance';
import { createJustBash } from './just-bash';

describeSandbox('just-bash in a worker', () => ({ implementation: createJustBash(), hasProcesses: false }));
