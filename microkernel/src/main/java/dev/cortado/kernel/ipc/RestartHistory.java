package dev.cortado.kernel.ipc;

import java.util.ArrayDeque;
import java.util.OptionalLong;

/** A service's deaths, and what its policy makes of them. For one thread at a time. */
final class RestartHistory {
    private final RestartPolicy policy;
    private final ArrayDeque<Long> deaths = new ArrayDeque<>();

    RestartHistory(RestartPolicy policy) {
        this.policy = policy;
    }

    /**
     * @param now in nanoseconds; does not go back
     * @return nanoseconds until it is started again; empty if it is not
     */
    OptionalLong died(long now) {
        while (!deaths.isEmpty() && now - deaths.peekFirst() >= policy.period().toNanos()) {
            deaths.removeFirst();
        }
        if (deaths.size() >= policy.limit()) {
            return OptionalLong.empty();
        }
        long delay = policy.firstDelay().toNanos();
        long longest = policy.longestDelay().toNanos();
        for (int i = 0; i < deaths.size() && delay < longest; i++) {
            delay = delay > longest / 2 ? longest : delay * 2;
            if (delay == 0) {
                break;
            }
        }
        OptionalLong answer = OptionalLong.of(delay);
        // Last: who finds no memory here asks again.
        deaths.addLast(now);
        return answer;
    }
}
