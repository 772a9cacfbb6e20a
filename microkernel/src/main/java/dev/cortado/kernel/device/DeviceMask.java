package dev.cortado.kernel.device;

/**
 * Keeps a device from interrupting, at the device. Called by drivers' threads, also by those of
 * other devices on the same line, until the device's interrupt is closed.
 */
public interface DeviceMask {
    /** Whether the device raises its line now; false where it does not say. */
    boolean isRaising();

    /** Whether the device is kept from interrupting. */
    void setMasked(boolean masked);
}
