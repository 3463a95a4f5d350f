export { TesterTab } from './components/tester-tab';
