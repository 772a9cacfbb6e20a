package dev.cortado.kernel.thread;

import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawStructure;
import org.graalvm.word.PointerBase;

/** Threads that wait for something, first come first served. All zero is an empty queue. */
@RawStructure
public interface WaitQueue extends PointerBase {
    @RawField
    KernelThread getFirst();

    @RawField
    void setFirst(KernelThread value);

    @RawField
    KernelThread getLast();

    @RawField
    void setLast(KernelThread value);
}
