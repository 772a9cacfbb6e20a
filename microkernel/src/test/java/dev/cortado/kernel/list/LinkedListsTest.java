package dev.cortado.kernel.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkedListsTest {
    private static final int LISTS = 3;
    private static final int NODES = 40;

    /** Two numbers a list, two numbers a node. */
    private static final class Arrays extends LinkedLists {
        private final long[] first = new long[LISTS];
        private final long[] last = new long[LISTS];
        private final long[] next = new long[NODES + 1];
        private final long[] previous = new long[NODES + 1];

        @Override
        public long first(long list) {
            return first[(int) list];
        }

        @Override
        protected void setFirst(long list, long node) {
            first[(int) list] = node;
        }

        @Override
        protected long last(long list) {
            return last[(int) list];
        }

        @Override
        protected void setLast(long list, long node) {
            last[(int) list] = node;
        }

        @Override
        public long next(long node) {
            return next[(int) node];
        }

        @Override
        protected void setNext(long node, long value) {
            next[(int) node] = value;
        }

        @Override
        protected long previous(long node) {
            return previous[(int) node];
        }

        @Override
        protected void setPrevious(long node, long value) {
            previous[(int) node] = value;
        }

        List<Long> forward(int list) {
            List<Long> nodes = new ArrayList<>();
            for (long node = first[list]; node != NONE; node = next[(int) node]) {
                nodes.add(node);
            }
            return nodes;
        }

        List<Long> backward(int list) {
            List<Long> nodes = new ArrayList<>();
            for (long node = last[list]; node != NONE; node = previous[(int) node]) {
                nodes.addFirst(node);
            }
            return nodes;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithAQueue(long seed) {
        Random random = new Random(seed);
        Arrays lists = new Arrays();
        List<Deque<Long>> models = new ArrayList<>();
        for (int i = 0; i < LISTS; i++) {
            models.add(new ArrayDeque<>());
        }
        for (int step = 0; step < 20_000; step++) {
            int list = random.nextInt(LISTS);
            long node = 1 + random.nextInt(NODES);
            int on = 0;
            while (on < LISTS && !models.get(on).contains(node)) {
                on++;
            }
            if (on < LISTS) {
                if (random.nextInt(4) == 0) {
                    assertEquals(models.get(on).removeFirst(), lists.removeFirst(on));
                } else {
                    models.get(on).remove(node);
                    lists.remove(on, node);
                }
                list = on;
            } else if (random.nextBoolean()) {
                models.get(list).addLast(node);
                lists.append(list, node);
            } else {
                models.get(list).addFirst(node);
                lists.prepend(list, node);
            }
            List<Long> expected = List.copyOf(models.get(list));
            assertEquals(expected, lists.forward(list));
            assertEquals(expected, lists.backward(list));
        }
    }
}
