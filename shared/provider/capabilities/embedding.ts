import type { ChatModel } from './chat';

export interface EmbeddingRequest {
  model: string;
  /** At least one. */
  texts: readonly string[];
}

export interface EmbeddingResult {
  /** One for each text, in their order; all of one length. */
  vectors: number[][];
  inputTokens: number | null;
}

export interface EmbeddingClient {
  /** Rejects with a `ProviderError`. */
  listModels(): Promise<Pick<ChatModel, 'id' | 'name'>[]>;
  /** Rejects with a `ProviderError`. */
  embed(request: EmbeddingRequest): Promise<EmbeddingResult>;
}
