package dev.cortado.runtime.network;

import dev.cortado.kernel.monitor.MonitorText;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;

/** What the monitor shows of packets that were dropped. */
final class DropReport {
    private static final int NAME = 14;
    private static final int TEXT = 38;

    private static final DropReason[] REASONS = DropReason.values();

    private DropReport() {}

    /** Shows the counters that are not zero, in the order of the layers. */
    static void show(NetworkText to, DropCounters drops) {
        MonitorText text = to.text();
        boolean isFirst = true;
        for (DropReason reason : REASONS) {
            long count = drops.of(reason);
            if (count > 0) {
                if (isFirst) {
                    text.text("dropped").column(NAME).text("reason").line();
                    isFirst = false;
                }
                text.number(count).column(NAME).text(reason.name()).column(TEXT);
                text.text(reason.toString()).line();
            }
        }
    }
}
