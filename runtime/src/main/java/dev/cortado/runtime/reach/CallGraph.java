package dev.cortado.runtime.reach;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which method may call which. A call that may be of several methods says little about any of them:
 * the more there are, the more other calls are better, and one of more than {@link #MOST_CALLEES}
 * is no reason at all.
 *
 * <p>The same calls give the same chains, in whatever order they were added.
 */
public final class CallGraph {
    /** A call of {@code Runnable.run} may be of hundreds. */
    static final int MOST_CALLEES = 16;

    /** Of a call that may be of several methods, for each of them: as many other calls. */
    static final int CHOICE = 16;

    /** Callers of each method, sorted, and what a call costs. */
    private final Map<String, Map<String, Integer>> callers = new HashMap<>();

    /** A method on the way back, and what it costs to come from there to the end. */
    private record Step(String method, int cost, Step next) implements Comparable<Step> {
        @Override
        public int compareTo(Step other) {
            return Integer.compare(cost, other.cost);
        }
    }

    /**
     * Adds a call.
     *
     * @param callees all methods that it may be of
     */
    public void add(String caller, Collection<String> callees) {
        if (callees.size() <= MOST_CALLEES) {
            int cost = callees.size() == 1 ? 1 : CHOICE * callees.size();
            for (String callee : callees) {
                callers.computeIfAbsent(callee, key -> new TreeMap<>())
                        .merge(caller, cost, Math::min);
            }
        }
    }

    /**
     * The cheapest chain of calls, and always the same one where several are as cheap.
     *
     * @param starts says where one may begin
     * @param ends where it has to lead to; none of them is a start
     * @return a method that is a start, those between, and the last one, which is an end; none if
     *     there is no such chain
     */
    public Optional<List<String>> chain(Predicate<String> starts, Set<String> ends) {
        PriorityQueue<Step> next = new PriorityQueue<>();
        Set<String> seen = new HashSet<>();
        new TreeSet<>(ends).forEach(end -> next.add(new Step(end, 0, null)));
        while (!next.isEmpty()) {
            Step step = next.remove();
            if (!seen.add(step.method)) {
                continue;
            }
            if (starts.test(step.method)) {
                return Optional.of(methods(step));
            }
            callers.getOrDefault(step.method, Map.of())
                    .forEach((caller, cost) -> next.add(new Step(caller, step.cost + cost, step)));
        }
        return Optional.empty();
    }

    private static List<String> methods(Step first) {
        List<String> methods = new ArrayList<>();
        for (Step step = first; step != null; step = step.next) {
            methods.add(step.method);
        }
        return methods;
    }
}
