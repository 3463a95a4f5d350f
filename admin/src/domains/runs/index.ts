export {
  useGetRunQuery,
  useLazyListRunsQuery,
  useListRunMessagesQuery,
  useListRunsQuery,
  useSendRunMessageMutation,
  useStartRunMutation,
} from './api';
export { CancelButton } from './components/cancel-button';
export { RunApprovals } from './components/approvals/run-approvals';
export { RunChanges } from './components/changes/run-changes';
export { RunChildren } from './components/children/run-children';
export { WaitingChildren } from './components/children/waiting-children';
export { RunFigures } from './components/figures/run-figures';
export { RunMessages } from './components/messages/run-messages';
export { RunCost } from './components/run-cost';
export { RunFailure } from './components/run-failure';
export { hasEnded } from './components/run-state';
export { RunTrajectory } from './components/trajectory/run-trajectory';
