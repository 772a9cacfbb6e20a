package dev.cortado.runtime.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CallGraphTest {
    private final CallGraph graph = new CallGraph();

    private Optional<List<String>> chain(String start, String... ends) {
        return graph.chain(start::equals, Set.of(ends));
    }

    @Test
    void findsTheShortestWay() {
        graph.add("main", List.of("a"));
        graph.add("a", List.of("b"));
        graph.add("b", List.of("driver"));
        graph.add("a", List.of("driver"));
        graph.add("driver", List.of("main"));
        assertEquals(Optional.of(List.of("main", "a", "driver")), chain("main", "driver"));
        assertEquals(Optional.empty(), chain("driver2", "driver"));
        assertEquals(Optional.of(List.of("main", "a")), chain("main", "driver", "a"));
    }

    @Test
    void beginsAtTheStartThatIsNearest() {
        graph.add("main", List.of("library"));
        graph.add("library", List.of("driver"));
        assertEquals(
                Optional.of(List.of("library", "driver")),
                graph.chain(Set.of("main", "library")::contains, Set.of("driver")));
    }

    @Test
    void aCallOfManyMethodsIsALesserReason() {
        graph.add("main", List.of("driver", "x"));
        List<String> longer = new ArrayList<>(List.of("main"));
        for (int i = 0; i < 2 * CallGraph.CHOICE - 2; i++) {
            longer.add("m" + i);
        }
        longer.add("driver");
        for (int i = 1; i < longer.size(); i++) {
            graph.add(longer.get(i - 1), List.of(longer.get(i)));
        }
        assertEquals(Optional.of(longer), chain("main", "driver"));
    }

    @Test
    void aCallOfMoreThanThatIsNone() {
        List<String> callees =
                new ArrayList<>(
                        IntStream.range(1, CallGraph.MOST_CALLEES)
                                .mapToObj(number -> "m" + number)
                                .toList());
        callees.add("driver");
        graph.add("main", callees);
        assertEquals(Optional.of(List.of("main", "driver")), chain("main", "driver"));
        callees.add("one more");
        graph.add("other", callees);
        assertEquals(Optional.empty(), chain("other", "driver"));
    }

    /** What is compiled by several threads is found in any order. */
    @Test
    void theSameCallsGiveTheSameChain() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<List<String>> calls = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                calls.add(List.of("m" + random.nextInt(12), "m" + random.nextInt(12)));
            }
            Optional<List<String>> chain = chainOf(calls);
            Collections.shuffle(calls, random);
            assertEquals(chain, chainOf(calls));
        }
    }

    private static Optional<List<String>> chainOf(List<List<String>> calls) {
        CallGraph graph = new CallGraph();
        calls.forEach(call -> graph.add(call.getFirst(), List.of(call.getLast())));
        return graph.chain("m0"::equals, Set.of("m9", "m10", "m11"));
    }
}
