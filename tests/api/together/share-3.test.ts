import { shareOfTests } from './share';

shareOfTests(2);
