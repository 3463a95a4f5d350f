import { shareOfTests } from './share';

shareOfTests(1);
