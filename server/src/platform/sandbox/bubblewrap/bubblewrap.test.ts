import { describeSandbox } from '../conformance';
import { describeWhereBubblewrapIs } from '../conformance/where-bubblewrap-is';
import { createBubblewrap } from './bubblewrap';

describeWhereBubblewrapIs('bubblewrap, held to the conformance suite', () => {
  describeSandbox('with what this host offers', () => ({
    implementation: createBubblewrap(),
    hasProcesses: true,
  }));

  describeSandbox('without control groups', () => ({
    implementation: createBubblewrap({ controlGroups: false }),
    hasProcesses: true,
  }));
});
