export { memoryPrices, provider } from './provider';
export type { MemorySettings } from './settings';
export { startMemoryPeer } from './peer';
export type { MemoryPeer, MemoryPeerOptions, RecordedRequest } from './peer';
export type { Answer, AnswerStep, Script } from './script';
export type { MemoryChatRequest, WireEvent } from './wire';
