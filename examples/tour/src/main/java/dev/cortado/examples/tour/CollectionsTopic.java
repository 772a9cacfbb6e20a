package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;

/** Lists, maps, queues and sets; whatever is printed has an order of its own. */
final class CollectionsTopic implements Topic {
    private enum Roast {
        LIGHT,
        MEDIUM,
        DARK
    }

    @Override
    public String title() {
        return "Collections";
    }

    @Override
    public void show(PrintStream out) {
        List<String> drinks = new ArrayList<>(List.of("mocha", "latte", "cortado", "espresso"));
        Collections.sort(drinks);
        out.println("sorted: " + drinks);
        drinks.sort(Comparator.comparing(String::length).thenComparing(Comparator.reverseOrder()));
        out.println("by length: " + drinks + ", reversed: " + drinks.reversed());

        Map<String, Integer> counts = new TreeMap<>();
        for (String word : "the cup and the spoon and the saucer".split(" ")) {
            counts.merge(word, 1, Integer::sum);
        }
        out.println("counts: " + counts);

        Map<Roast, String> beans = new EnumMap<>(Roast.class);
        beans.put(Roast.DARK, "Sumatra");
        beans.put(Roast.LIGHT, "Yirgacheffe");
        out.println("beans: " + beans);

        out.println("least recently used: " + leastRecentlyUsed());
        out.println("queue: " + drain());
        out.println("stack: " + unwind("drawer"));
        out.println("primes: " + primes(60));
        out.println("map of a thousand: " + thousandEntries());

        List<Integer> cards = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        Collections.shuffle(cards, new Random(42));
        out.println("shuffled with seed 42: " + cards);
    }

    private static Map<String, Integer> leastRecentlyUsed() {
        Map<String, Integer> cache =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                        return size() > 3;
                    }
                };
        cache.put("a", 1);
        cache.put("b", 2);
        cache.put("c", 3);
        cache.get("a");
        cache.put("d", 4);
        return cache;
    }

    private static List<Integer> drain() {
        PriorityQueue<Integer> queue = new PriorityQueue<>(List.of(5, 1, 4, 2, 3));
        List<Integer> drained = new ArrayList<>();
        while (!queue.isEmpty()) {
            drained.add(queue.poll());
        }
        return drained;
    }

    private static String unwind(String word) {
        Deque<Character> stack = new ArrayDeque<>();
        for (char c : word.toCharArray()) {
            stack.push(c);
        }
        StringBuilder result = new StringBuilder();
        stack.forEach(result::append);
        return result.toString();
    }

    private static BitSet primes(int limit) {
        BitSet primes = new BitSet(limit);
        primes.set(2, limit);
        for (int i = 2; i * i < limit; i = primes.nextSetBit(i + 1)) {
            for (int multiple = i * i; multiple < limit; multiple += i) {
                primes.clear(multiple);
            }
        }
        return primes;
    }

    private static long thousandEntries() {
        Map<String, Integer> squares = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            squares.put("key" + i, i * i);
        }
        squares.keySet().removeIf(key -> key.endsWith("7"));
        return squares.values().stream().mapToLong(Integer::longValue).sum();
    }
}
