package dev.cortado.drivers.virtio.bus;

/** Hears of devices of one type that come and go while the machine runs, one after the other. */
public interface VirtioFollower {
    /** One has come: its driver is started. */
    void attached(VirtioPlace place);

    /**
     * One has to go, or is gone already: its driver lets go of it.
     *
     * @return whether nobody has it any more
     */
    boolean detached(VirtioPlace place);
}
