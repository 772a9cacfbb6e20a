package dev.cortado.kernel.cpu;

import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawStructure;
import org.graalvm.word.PointerBase;

/**
 * What belongs to one CPU. In the kernel heap; the address of its {@link
 * dev.cortado.boot.layout.ProcessorHeader} is the CPU's gs base. Written by its own CPU with
 * interrupts off, unless a field says otherwise.
 */
@RawStructure
public interface Processor extends PointerBase {
    /** 0 for the CPU that booted, then in the order of starting. */
    @RawField
    int getId();

    @RawField
    void setId(int value);

    /** By which the interrupt controller knows it. */
    @RawField
    int getHardwareId();

    @RawField
    void setHardwareId(int value);

    /** 1 once it runs code of the kernel's: it has been started, however slow it is. */
    @RawField
    int getBegun();

    @RawField
    void setBegun(int value);

    /** 1 once it runs threads. */
    @RawField
    int getOnline();

    @RawField
    void setOnline(int value);

    /** The thread that runs when there is no other. */
    @RawField
    long getIdleThread();

    @RawField
    void setIdleThread(long value);

    /** 1 while it has nothing to do; guarded by {@link SpinLock#SCHEDULER}. */
    @RawField
    int getIdle();

    @RawField
    void setIdle(int value);

    /**
     * 1 if another thread should run as soon as the interrupt ends; by {@link SpinLock#SCHEDULER}.
     */
    @RawField
    int getReschedule();

    @RawField
    void setReschedule(int value);

    /** 1 while it waits for a spin lock with interrupts on: no other thread may run here. */
    @RawField
    int getWaitsForLock();

    @RawField
    void setWaitsForLock(int value);

    /** What its timer is set to. */
    @RawField
    long getTimerDeadline();

    @RawField
    void setTimerDeadline(long value);

    /** The last request to forget translations that it has followed. */
    @RawField
    long getFlushed();

    @RawField
    void setFlushed(long value);

    /** 1 while it needs no translations but those that never change. */
    @RawField
    int getForgetsLater();

    @RawField
    void setForgetsLater(int value);

    /** How often each vector came: {@code InterruptTable.VECTORS} longs. */
    @RawField
    long getInterruptCounts();

    @RawField
    void setInterruptCounts(long value);

    /** Address of the limit and base of its global descriptor table. */
    @RawField
    long getTablePointer();

    @RawField
    void setTablePointer(long value);

    /** When it began to run Java code, by its own clock, in nanoseconds of the monotonic clock. */
    @RawField
    long getStartedAt();

    @RawField
    void setStartedAt(long value);

    @RawField
    long getContextSwitches();

    @RawField
    void setContextSwitches(long value);

    /** How often an interrupt has ended its idleness. */
    @RawField
    long getWakeUps();

    @RawField
    void setWakeUps(long value);
}
