export { createSecretMask, MASK, noMask, type SecretMask, type TextMasking } from './secret-mask';
