export { terminalPart } from './part';
