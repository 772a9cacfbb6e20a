package dev.cortado.drivers.vmware.vmxnet3;

import java.util.Arrays;

/** Interrupts that a device has raised, and that its driver masks: two at most. */
final class InterruptModel {
    private final boolean isAutoMask;
    private final int[] masks = new int[2];
    private int pending;
    private int came;

    /**
     * @param isAutoMask whether one that comes masks itself
     */
    InterruptModel(boolean isAutoMask) {
        this.isAutoMask = isAutoMask;
    }

    void reset() {
        Arrays.fill(masks, 1);
        pending = 0;
        came = 0;
    }

    void setMask(int interrupt, int mask) {
        masks[interrupt] = mask;
    }

    /** It comes as soon as it may. */
    void raise(int interrupt) {
        pending |= 1 << interrupt;
    }

    /** Those that are not masked come. */
    void fire() {
        for (int i = 0; i < masks.length; i++) {
            if ((pending & 1 << i) != 0 && masks[i] == 0) {
                pending &= ~(1 << i);
                came |= 1 << i;
                masks[i] = isAutoMask ? 1 : 0;
            }
        }
    }

    boolean hasCome() {
        return came != 0;
    }

    /** A bit for each that has come since this was asked last. */
    int take() {
        int taken = came;
        came = 0;
        return taken;
    }
}
