package dev.cortado.kernel.substrate;

import com.oracle.svm.core.genscavenge.HeapAccounting;
import com.oracle.svm.core.genscavenge.HeapImpl;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.monitor.MonitorCommand;
import dev.cortado.kernel.monitor.MonitorText;

/** Who has the machine's memory. */
final class MemoryCommand implements MonitorCommand {
    private static final int AMOUNT = 24;

    @Override
    public char key() {
        return 'm';
    }

    @Override
    public String description() {
        return "memory of the machine, the kernel and the Java heap";
    }

    @Override
    public void run(MonitorText text) {
        HeapAccounting heap = HeapImpl.getAccounting();
        line(text, "machine", Memory.totalBytes());
        line(text, "free", Memory.freeBytes());
        line(text, "kernel heap", Memory.kernelHeapBytes());
        line(text, "page tables", Memory.pageTableBytes());
        line(text, "Java heap, used", heap.getUsedBytes().rawValue());
        line(text, "Java heap, committed", heap.getCommittedBytes().rawValue());
        line(text, "Java heap, at most", Runtime.getRuntime().maxMemory());
        line(text, "given back so far", KernelHeapMemory.givenBack());
    }

    private static void line(MonitorText text, String what, long bytes) {
        text.text(what).column(AMOUNT).kibibytes(bytes).line();
    }
}
