export { promptOf, tinyPng, type PeerAnswer, type PeerFile, type PeerRequest } from './answers';
export { startOpenAIPeer, type OpenAIPeer, type OpenAIPeerOptions, type RecordedRequest } from './peer';
export type { OpenAIPeerScenario } from './scenarios';
