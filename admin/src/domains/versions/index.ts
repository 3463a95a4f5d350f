export { useGetVersionQuery, useListVersionsQuery } from './api';
export { CheckoutButton } from './components/checkout-button';
