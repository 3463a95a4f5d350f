export { call, conversation, prompt, type Scripts, type Turn } from './conversation';
export { transcriptOf, type Transcript } from './transcript';
