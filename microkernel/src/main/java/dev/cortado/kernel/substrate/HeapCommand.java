package dev.cortado.kernel.substrate;

import com.oracle.svm.core.genscavenge.GCAccounting;
import com.oracle.svm.core.genscavenge.GCImpl;
import com.oracle.svm.core.genscavenge.HeapAccounting;
import com.oracle.svm.core.genscavenge.HeapImpl;
import dev.cortado.kernel.monitor.MonitorCommand;
import dev.cortado.kernel.monitor.MonitorText;

/** What the garbage collector has done, and what it has to do with. */
final class HeapCommand implements MonitorCommand {
    private static final int AMOUNT = 24;

    @Override
    public char key() {
        return 'h';
    }

    @Override
    public String description() {
        return "Java heap: generations, collections and their time";
    }

    @Override
    public void run(MonitorText text) {
        HeapAccounting heap = HeapImpl.getAccounting();
        text.text("young generation").column(AMOUNT);
        text.kibibytes(heap.getYoungUsedBytes().rawValue()).line();
        text.text("old generation").column(AMOUNT);
        text.kibibytes(heap.getOldUsedBytes().rawValue()).line();
        GCAccounting collections = GCImpl.getAccounting();
        line(
                text,
                "young collections",
                collections.getIncrementalCollectionCount(),
                collections.getIncrementalCollectionTotalNanos());
        line(
                text,
                "full collections",
                collections.getCompleteCollectionCount(),
                collections.getCompleteCollectionTotalNanos());
    }

    private static void line(MonitorText text, String what, long count, long nanos) {
        text.text(what).column(AMOUNT).number(count).text(" in ");
        text.milliseconds(nanos).text(" ms").line();
    }
}
