import { QueryClient } from '@tanstack/react-query';
import { backoff, fullJitter } from '#libs/retry/backoff';
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
        retryDelay: (failures) => fullJitter(backoff({ first: 1000, most: 8000 }, failures)),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
