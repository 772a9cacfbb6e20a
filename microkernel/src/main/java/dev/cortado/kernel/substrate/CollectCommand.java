package dev.cortado.kernel.substrate;

import com.oracle.svm.core.genscavenge.HeapImpl;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.monitor.MonitorCommand;
import dev.cortado.kernel.monitor.MonitorText;
import dev.cortado.kernel.time.Clock;

/** A full collection, and what it was good for. */
final class CollectCommand implements MonitorCommand {
    @Override
    public char key() {
        return 'g';
    }

    @Override
    public String description() {
        return "collect garbage";
    }

    @Override
    public void run(MonitorText text) {
        long used = used();
        long free = Memory.freeBytes();
        long start = Clock.nanoTime();
        System.gc();
        text.text("Java heap: ").kibibytes(used).text(" -> ").kibibytes(used());
        text.text(", live objects: ").kibibytes(LiveObjects.bytes());
        text.text(", free memory: ").kibibytes(free).text(" -> ").kibibytes(Memory.freeBytes());
        text.text(", ").milliseconds(Clock.nanoTime() - start).text(" ms").line();
    }

    private static long used() {
        return HeapImpl.getAccounting().getUsedBytes().rawValue();
    }
}
