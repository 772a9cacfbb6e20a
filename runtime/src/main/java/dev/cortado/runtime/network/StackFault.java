package dev.cortado.runtime.network;

import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;

/** What a thread that serves the network does about a fault: it says so, and goes on. */
final class StackFault {
    private StackFault() {}

    /** Throws nothing: without memory there is only the count. */
    static void report(DropCounters drops, Throwable fault) {
        drops.count(DropReason.FAULT);
        try {
            Thread self = Thread.currentThread();
            self.getUncaughtExceptionHandler().uncaughtException(self, fault);
        } catch (Throwable again) {
            // It was counted.
        }
    }
}
