package dev.cortado.drivers.acpi.event;

import dev.cortado.drivers.acpi.aml.AmlHost;
import dev.cortado.drivers.acpi.aml.NamespaceNode;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What AML has said while it ran, once each, until it is dealt with. For one thread: that in which
 * AML runs.
 */
final class Notices implements AmlHost {
    /** One for each slot of many buses; AML that says more of them is not heard. */
    static final int MOST = 1024;

    private static final long UNIT_NANOSECONDS = 100;

    private final Set<Notice> waiting = new LinkedHashSet<>();
    private boolean isFull;

    @Override
    public void notify(NamespaceNode node, long value) {
        if (waiting.size() < MOST) {
            waiting.add(new Notice(node, value));
        } else {
            isFull = true;
        }
    }

    /** The interpreter has checked that it is not for long. */
    @Override
    public void sleep(long microseconds) {
        try {
            TimeUnit.MICROSECONDS.sleep(microseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public long timer() {
        return System.nanoTime() / UNIT_NANOSECONDS;
    }

    /**
     * Deals with all, also with what is said meanwhile, as long as that is not too much.
     *
     * @param log hears if it was
     */
    void deliver(Consumer<Notice> listener, Consumer<String> log) {
        for (int i = 0; i < MOST && !waiting.isEmpty(); i++) {
            Notice next = waiting.iterator().next();
            waiting.remove(next);
            listener.accept(next);
        }
        if (isFull || !waiting.isEmpty()) {
            log.accept("ACPI tells of devices without an end: not all is looked at");
        }
        waiting.clear();
        isFull = false;
    }
}
