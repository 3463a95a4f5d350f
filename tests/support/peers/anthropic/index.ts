export { promptOf, type PeerAnswer, type PeerFile } from './answers';
export {
  startAnthropicPeer,
  type AnthropicPeer,
  type AnthropicPeerOptions,
  type RecordedRequest,
} from './peer';
export type { AnthropicPeerScenario } from './scenarios';
