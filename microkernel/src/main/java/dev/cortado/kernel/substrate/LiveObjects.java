package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.genscavenge.HeapImpl;
import com.oracle.svm.core.heap.ObjectVisitor;
import com.oracle.svm.core.heap.VMOperationInfos;
import com.oracle.svm.core.hub.LayoutEncoding;
import com.oracle.svm.core.thread.JavaVMOperation;

/**
 * Adds up the objects of the Java heap, those of the image left out. The heap itself grows by whole
 * chunks, of which a few bytes may take one more.
 */
public final class LiveObjects extends JavaVMOperation implements ObjectVisitor {
    private long bytes;

    private LiveObjects() {
        super(VMOperationInfos.get(LiveObjects.class, "Live objects", SystemEffect.SAFEPOINT));
    }

    /** What all objects take that no collection has removed yet, in bytes; stops all threads. */
    public static long bytes() {
        LiveObjects objects = new LiveObjects();
        objects.enqueue();
        return objects.bytes;
    }

    @Override
    protected void operate() {
        HeapImpl.getHeapImpl().walkCollectedHeapObjects(this);
    }

    @Override
    @Uninterruptible(reason = "as what it calls; the whole heap is at a safepoint")
    public void visitObject(Object object) {
        bytes += LayoutEncoding.getSizeFromObject(object).rawValue();
    }
}
