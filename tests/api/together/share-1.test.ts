import { shareOfTests } from './share';

shareOfTests(0);
