/**
 * Command before every contestant and engine: below the load's priority, so that arrivals stay on time however busy
 * they are. By `nice`, since `os.setPriority` would miss the threads that a process has started by then.
 */
export const BELOW_NORMAL = ['nice', '-n', '10'] as const;
