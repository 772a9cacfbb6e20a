package dev.cortado.runtime.jdk;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Objects that the JDK knows by a number, where it would have the address of a C structure. A
 * number is never used twice.
 */
final class HandleTable<T> {
    private final ConcurrentHashMap<Long, T> objects = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    long add(T object) {
        long handle = last.incrementAndGet();
        objects.put(handle, object);
        return handle;
    }

    /**
     * @throws InternalError if there is no such object any more
     */
    T get(long handle) {
        T object = objects.get(handle);
        if (object == null) {
            throw new InternalError("handle " + handle + " is closed");
        }
        return object;
    }

    void remove(long handle) {
        objects.remove(handle);
    }
}
