package sun.nio.ch;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The selector of a guest: a list on which open files put themselves when they become ready. The
 * list is Cortado's, which stands behind the native methods.
 *
 * <p>Belongs into {@code java.base}.
 */
final class ReadySelector extends SelectorImpl {
    private static final long FOR_EVER = -1;

    private final Object list = newList();

    /** What the list knows of each key that it watches. */
    private final Map<SelectionKeyImpl, Object> registrations = new HashMap<>();

    /** Keys whose interest has changed; any thread may add some, with the lock of the queue. */
    private final Deque<SelectionKeyImpl> changed = new ArrayDeque<>();

    ReadySelector(SelectorProvider provider) {
        super(provider);
    }

    /** Makes a list. */
    static native Object newList();

    /**
     * Watches a file.
     *
     * @param events as of {@code poll}
     */
    static native Object watch(Object list, int number, int events, Object key) throws IOException;

    static native void setEvents(Object registration, int events);

    static native void forget(Object registration);

    /**
     * Waits until files are ready, the time is over, or somebody has woken the list.
     *
     * @param nanos 0 for not at all, {@link #FOR_EVER}
     * @return of each that is ready the key, and behind that its events
     */
    static native Object[] await(Object list, long nanos);

    static native void wake(Object list);

    @Override
    protected int doSelect(Consumer<SelectionKey> action, long timeout) throws IOException {
        applyChanges();
        processDeregisterQueue();
        boolean waits = timeout != 0;
        Object[] ready;
        try {
            begin(waits);
            ready = await(list, timeout < 0 ? FOR_EVER : TimeUnit.MILLISECONDS.toNanos(timeout));
        } finally {
            end(waits);
        }
        processDeregisterQueue();
        int updated = 0;
        for (int i = 0; i < ready.length; i += 2) {
            SelectionKeyImpl key = (SelectionKeyImpl) ready[i];
            if (registrations.containsKey(key)) {
                updated += processReadyEvents((Integer) ready[i + 1], key, action);
            }
        }
        return updated;
    }

    private void applyChanges() throws IOException {
        synchronized (changed) {
            SelectionKeyImpl key;
            while ((key = changed.pollFirst()) != null) {
                if (key.isValid()) {
                    apply(key);
                }
            }
        }
    }

    private void apply(SelectionKeyImpl key) throws IOException {
        int events = key.translateInterestOps();
        Object registration = registrations.get(key);
        if (registration == null) {
            try {
                registrations.put(key, watch(list, key.getFDVal(), events, key));
            } catch (IOException e) {
                if (key.channel().isOpen()) {
                    throw e;
                }
                // It was closed since it was registered; its key is about to be cancelled.
                return;
            }
        } else if (events != key.registeredEvents()) {
            setEvents(registration, events);
        }
        key.registeredEvents(events);
    }

    @Override
    protected void implDereg(SelectionKeyImpl key) {
        Object registration = registrations.remove(key);
        if (registration != null) {
            forget(registration);
        }
        key.registeredEvents(0);
    }

    @Override
    public void setEventOps(SelectionKeyImpl key) {
        synchronized (changed) {
            changed.addLast(key);
        }
    }

    @Override
    public Selector wakeup() {
        wake(list);
        return this;
    }

    /** The keys go only after this, and nobody tells {@link #implDereg} of them. */
    @Override
    protected void implClose() {
        registrations.values().forEach(ReadySelector::forget);
        registrations.clear();
    }
}
