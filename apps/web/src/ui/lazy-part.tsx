import { Component, type ComponentType, lazy, type ReactNode } from 'react';
import { ErrorState } from './error-state.js';
import { loadPart } from '../platform/load-part.js';
import { useProblem } from '../platform/use-problem.js';

interface BoundaryProps {
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

/** Isolates errors of a part from the rest of the page. */
class Boundary extends Component<BoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    const retry = () => {
      this.props.onRetry();
      this.setState({ error: null });
    };
    return <Missing error={this.state.error} onRetry={retry} />;
  }
}

function Missing({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { text } = useProblem()(error);
  return <ErrorState title={text} onRetry={onRetry} />;
}

/** A component whose code is loaded when it is first shown (it suspends meanwhile). Where that fails it shows this and offers to retry. */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const make = () => lazy(async () => ({ default: await loadPart(load) }));
  let Part: ComponentType<P> = make();
  return function LazyPart(props: P) {
    return (
      <Boundary onRetry={() => (Part = make())}>
        <Part {...props} />
      </Boundary>
    );
  };
}
