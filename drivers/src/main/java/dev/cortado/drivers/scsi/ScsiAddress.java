package dev.cortado.drivers.scsi;

/**
 * Where an adapter has a logical unit, on its only bus.
 *
 * @param unit its number, of 14 bits at most
 */
public record ScsiAddress(int target, int unit) {
    /**
     * Of a number with two levels of addresses, which it is not, and of a flat one (SAM-5, 4.7.7).
     */
    private static final int METHOD_SHIFT = 6;

    private static final int METHOD_FLAT = 1;
    private static final int MOST_PERIPHERAL = 255;

    /** The number's first byte as adapters take it: peripheral if that is enough, or else flat. */
    public int upperByte() {
        return unit <= MOST_PERIPHERAL ? 0 : METHOD_FLAT << METHOD_SHIFT | unit >>> Byte.SIZE;
    }

    /** The number's second byte. */
    public int lowerByte() {
        return unit & 0xff;
    }

    /** The unit of a list's entry, or -1 if it has levels. */
    static int unit(int upperByte, int lowerByte) {
        return switch (upperByte >>> METHOD_SHIFT) {
            case 0 -> upperByte == 0 ? lowerByte : -1;
            case METHOD_FLAT -> (upperByte & 0x3f) << Byte.SIZE | lowerByte;
            default -> -1;
        };
    }

    @Override
    public String toString() {
        return "target " + target + " unit " + unit;
    }
}
