package dev.cortado.system.stores;

import java.util.Map;

/** A store in which values are found by their keys. */
public interface KeyedStore extends Store {
    /** The value of a key, or null. */
    String get(String key) throws Exception;

    /** How many keys there are. */
    long size() throws Exception;

    /** Looks at all that is there: it has to be what the last batch left, no more and no less. */
    @Override
    default int found() throws Exception {
        String last = get(Batch.LAST);
        int number = last == null ? 0 : Integer.parseInt(last);
        Map<String, String> contents = new Batch(number).contents();
        for (Map.Entry<String, String> entry : contents.entrySet()) {
            String value = get(entry.getKey());
            if (!entry.getValue().equals(value)) {
                throw new IllegalStateException(
                        "after batch " + number + ", " + entry.getKey() + " is " + value);
            }
        }
        if (size() != contents.size()) {
            throw new IllegalStateException(
                    "after batch " + number + " there are " + size() + " keys");
        }
        return number;
    }
}
