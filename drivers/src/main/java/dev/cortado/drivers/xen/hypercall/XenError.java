package dev.cortado.drivers.xen.hypercall;

/** Xen's error numbers (public/errno.h), as hypercalls return them: negative. */
public final class XenError {
    public static final int NO_PERMISSION = -1;
    public static final int NO_MEMORY = -12;
    public static final int INVALID = -22;
    public static final int NO_SPACE = -28;
    public static final int NOT_IMPLEMENTED = -38;

    private XenError() {}

    /** What an error means. */
    public static String text(long error) {
        return switch ((int) error) {
            case NO_PERMISSION -> "Xen does not permit it";
            case NO_MEMORY -> "Xen has no memory for it";
            case INVALID -> "there is no such thing";
            case NO_SPACE -> "no more are to be had";
            case NOT_IMPLEMENTED -> "this Xen does not know it";
            default -> "Xen's error " + error;
        };
    }
}
