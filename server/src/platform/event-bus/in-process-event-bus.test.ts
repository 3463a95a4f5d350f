import { describeEventBus } from './event-bus.conformance';
import { createInProcessEventBus } from './in-process-event-bus';

describeEventBus('in this process', async (options) => {
  const bus = createInProcessEventBus(options);
  return { bus, other: bus };
});
