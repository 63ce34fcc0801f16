import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api.js';

const isWorthRetrying = (error: Error) => error instanceof ApiError && (error.status === 0 || error.status >= 500);

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 20_000,
        gcTime: 60 * 60_000, // read data stay available without a connection
        networkMode: 'always', // without a connection a link reports it, instead of waiting silently
        retry: (failures, error) => failures < 2 && isWorthRetrying(error),
        retryDelay: (failures) => Math.random() * Math.min(8000, 1000 * 2 ** failures),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
