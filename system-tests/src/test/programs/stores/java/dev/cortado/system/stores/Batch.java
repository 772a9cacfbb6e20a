package dev.cortado.system.stores;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Keys and values that are put into a store together: some of its own, some that each batch puts in
 * anew, and the keys of an earlier one, which go.
 *
 * @param number from 1
 */
public record Batch(int number) {
    /** The key whose value is the number of the last batch. */
    public static final String LAST = "last";

    private static final int OWN = 12;
    private static final int SHARED = 5;

    /** So many batches have their own keys in a store. */
    private static final int KEPT = 25;

    private static final int LARGEST_VALUE = 1500;
    private static final int LETTERS = 26;

    /** What it puts in. */
    public Map<String, String> entries() {
        Map<String, String> entries = new TreeMap<>();
        addOwn(entries);
        addShared(entries);
        return entries;
    }

    /** The keys that go, maybe none. */
    public Iterable<String> removed() {
        Map<String, String> entries = new TreeMap<>();
        if (number > KEPT) {
            new Batch(number - KEPT).addOwn(entries);
        }
        return entries.keySet();
    }

    /** All that is in a store when it has this batch; nothing, if the number is 0. */
    public Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        for (int each = Math.max(1, number - KEPT + 1); each <= number; each++) {
            new Batch(each).addOwn(contents);
        }
        if (number > 0) {
            addShared(contents);
        }
        return contents;
    }

    private void addOwn(Map<String, String> entries) {
        for (int i = 0; i < OWN; i++) {
            entries.put("own" + number + "-" + i, value(i));
        }
    }

    private void addShared(Map<String, String> entries) {
        for (int i = 0; i < SHARED; i++) {
            entries.put("shared" + i, value(OWN + i));
        }
        entries.put(LAST, String.valueOf(number));
    }

    private String value(int index) {
        Random random = new Random(31L * number + index);
        StringBuilder value = new StringBuilder();
        for (int length = random.nextInt(LARGEST_VALUE); length > 0; length--) {
            value.append(length % 7 == 0 ? ' ' : (char) ('a' + random.nextInt(LETTERS)));
        }
        return value.toString();
    }
}
