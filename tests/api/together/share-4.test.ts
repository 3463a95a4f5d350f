import { shareOfTests } from './share';

shareOfTests(3);
