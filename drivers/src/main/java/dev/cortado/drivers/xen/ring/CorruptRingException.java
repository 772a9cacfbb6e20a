package dev.cortado.drivers.xen.ring;

/** The other side wrote what it must not; nothing in the ring can be trusted any more. */
public final class CorruptRingException extends Exception {
    private static final long serialVersionUID = 1;

    public CorruptRingException(String message) {
        super(message);
    }
}
