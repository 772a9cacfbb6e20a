package dev.cortado.drivers.xen.block;

import java.util.concurrent.locks.Condition;

/** A request, from its first to its last moment. Guarded by its connection's lock. */
final class BlockSlot {
    final Condition done;

    /** References of its buffer's pages, of which so many are granted. */
    final int[] grants;

    int granted;

    /** Reference and address of the page for segments that go into no request; 0 without one. */
    final int page;

    final long pageAddress;

    long id;

    /** Somebody has it, and waits for its answer. */
    boolean taken;

    boolean waiting;

    /** When the backend has to have answered. */
    long end;

    int status;

    BlockSlot(Condition done, int segments, int page, long pageAddress) {
        this.done = done;
        this.page = page;
        this.pageAddress = pageAddress;
        grants = new int[segments];
    }
}
